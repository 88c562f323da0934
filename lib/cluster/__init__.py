"""Other machines that share a job, through dask.distributed."""

from lib.cluster.cluster import Cluster

__all__ = ["Cluster"]
