"""What the stand-in for YouTube answers: its pages and the JSON of its questions."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from tests.youtube.videos import OK, FakeVideo, Json

MEDIA_HOST = "rr1---sn-fake.googlevideo.com"
IMAGE_HOST = "i.ytimg.com"
MIME = {140: 'audio/mp4; codecs="mp4a.40.2"', 251: 'audio/webm; codecs="opus"'}

PLAYER_PATH = "/s/player/0badf00d/player_ias.vflset/en_US/base.js"
SIGNATURE_TIME = 20_000
# A challenge and what the player below makes of it: it turns both round.
SIGNATURE, SOLVED_SIGNATURE = "abcdefghij", "jihgfedcba"
N, SOLVED_N = "wxyz", "zyxw"

# The least in which yt-dlp-ejs finds what it looks for in YouTube's player: two statements, a
# function that sets "alr" to "yes" on the address, and a method of the address that replaces "n".
PLAYER = (
    "var _yt_player={};(function(g){var window=this;"
    f"var cfg={{signatureTimestamp:{SIGNATURE_TIME}}};"
    """
var Address=function(u){this.d={}};
Address.prototype.get=function(k){return this.d[k]};
Address.prototype.set=function(k,v){this.d[k]=v};
Address.prototype.clone=function(){return this};
Address.prototype.turn=function(){if(this.d.n)this.d.n=this.d.n.split("").reverse().join("")};
function make(u,sp,s){var x=new Address(u);x.set("alr","yes");
if(s){x.set(sp,encodeURIComponent(decodeURIComponent(s).split("").reverse().join("")))}return x}
})(_yt_player);"""
)


def player_answer(video: FakeVideo) -> Json:
    """Return what the player is told of a video."""
    answer: Json = {
        "responseContext": {"visitorData": "fake"},
        "playabilityStatus": video.playability,
    }
    if video.playability["status"] in ("OK", "LIVE_STREAM_OFFLINE"):
        answer["videoDetails"] = {
            "videoId": video.id,
            "title": video.title,
            "author": video.channel,
            "lengthSeconds": str(video.seconds),
            "channelId": "UC" + "f" * 22,
            "isLiveContent": bool(video.live),
            "viewCount": "7",
            **({video.live: True} if video.live else {}),
        }
    if video.audio and video.playability == OK:
        formats = [_format(video, itag, len(sound)) for itag, sound in video.audio.items()]
        answer["streamingData"] = {"expiresInSeconds": "21540", "adaptiveFormats": formats}
    return answer


def _format(video: FakeVideo, itag: int, size: int) -> Json:
    """Return one of the forms in which a video's sound may be had."""
    host = video.host or MEDIA_HOST
    address = f"https://{host}/videoplayback?id={video.id}&itag={itag}&clen={size}"
    told: Json = {
        "itag": itag,
        "mimeType": MIME[itag],
        "bitrate": 128_000,
        "averageBitrate": 128_000,
        "audioQuality": "AUDIO_QUALITY_MEDIUM",
        "audioSampleRate": "44100",
        "audioChannels": 2,
        "approxDurationMs": str(video.seconds * 1000),
        "quality": "tiny",
    }
    if video.tells_size:
        told["contentLength"] = str(size)
    if video.needs_javascript:
        cipher = {"s": SIGNATURE, "sp": "sig", "url": f"{address}&n={N}"}
        return {**told, "signatureCipher": urlencode(cipher)}
    return {**told, "url": address}


def watch_data(video: FakeVideo) -> Json:
    """Return what stands beside the player on a video's page: the name of the channel."""
    if video.playability != OK:
        return {"contents": {"twoColumnWatchNextResults": {}}}
    owner = {"videoOwnerRenderer": {"title": {"runs": [{"text": video.channel}]}}}
    contents = [{"videoSecondaryInfoRenderer": {"owner": owner}}]
    results = {"results": {"results": {"contents": contents}}}
    return {"contents": {"twoColumnWatchNextResults": results}}


def list_item(video: FakeVideo) -> Json:
    """Return a video as searches and playlists show it."""
    hidden = {"private": "[Private video]", "deleted": "[Deleted video]"}.get(video.listed_as)
    if hidden is not None:
        return {"videoId": video.id, "title": {"runs": [{"text": hidden}]}}
    item: Json = {
        "videoId": video.id,
        "title": {"runs": [{"text": video.title}]},
        "lengthSeconds": str(video.seconds),
        "shortBylineText": {"runs": [{"text": video.channel}]},
    }
    if video.listed_as == "live":
        badge = {"style": "BADGE_STYLE_TYPE_LIVE_NOW", "label": "LIVE"}
        item["badges"] = [{"metadataBadgeRenderer": badge}]
        del item["lengthSeconds"]
    if video.listed_as == "upcoming":
        item["upcomingEventData"] = {"startTime": "1800000000"}
    if video.listed_as == "members":
        badge = {"style": "BADGE_STYLE_TYPE_MEMBERS_ONLY", "label": "Members only"}
        item["badges"] = [{"metadataBadgeRenderer": badge}]
    return item


def search_answer(videos: list[FakeVideo]) -> Json:
    """Return the results of a search."""
    items = [{"videoRenderer": list_item(video)} for video in videos]
    section = {"sectionListRenderer": {"contents": [{"itemSectionRenderer": {"contents": items}}]}}
    return {"contents": {"twoColumnSearchResultsRenderer": {"primaryContents": section}}}


def playlist_answer(title: str, items: list[Json]) -> Json:
    """Return the first page of a playlist."""
    videos = {"playlistVideoListRenderer": {"contents": items}}
    section = {
        "sectionListRenderer": {"contents": [{"itemSectionRenderer": {"contents": [videos]}}]}
    }
    tab = {"tabRenderer": {"selected": True, "content": section}}
    return {
        "metadata": {"playlistMetadataRenderer": {"title": title}},
        "contents": {"twoColumnBrowseResultsRenderer": {"tabs": [tab]}},
    }


def playlist_items(videos: list[FakeVideo], token: str | None) -> list[Json]:
    """Return the items of a page, and the token of the next one at its end."""
    items: list[Json] = [{"playlistVideoRenderer": list_item(video)} for video in videos]
    if token is not None:
        endpoint = {"continuationCommand": {"token": token}}
        items.append({"continuationItemRenderer": {"continuationEndpoint": endpoint}})
    return items


def further_answer(items: list[Json]) -> Json:
    """Return a further page of a playlist."""
    action = {"appendContinuationItemsAction": {"continuationItems": items}}
    return {"onResponseReceivedActions": [action]}


NO_PLAYLIST: Json = {
    "alerts": [
        {
            "alertRenderer": {
                "type": "ERROR",
                "text": {"runs": [{"text": "The playlist does not exist."}]},
            }
        }
    ]
}


def page(data: Json, player: Json | None = None) -> str:
    """Return a page with what YouTube's scripts find in it."""
    client = {
        "clientName": "WEB",
        "clientVersion": "2.20260708.00.00",
        "hl": "en",
        "visitorData": "fake",
    }
    settings = {
        "INNERTUBE_CONTEXT": {"client": client},
        "PLAYER_JS_URL": PLAYER_PATH,
        "STS": SIGNATURE_TIME,
    }
    scripts = [f"ytcfg.set({json.dumps(settings)});", f"var ytInitialData = {json.dumps(data)};"]
    if player is not None:
        scripts.insert(1, f"var ytInitialPlayerResponse = {json.dumps(player)};")
    body = "".join(f"<script>{script}</script>" for script in scripts)
    return f"<html><head><title>fake</title></head><body>{body}</body></html>"
