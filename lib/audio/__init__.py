"""(written by its helper)"""
