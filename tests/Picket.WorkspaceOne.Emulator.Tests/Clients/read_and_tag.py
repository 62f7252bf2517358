"""A client as an administrator would write it: reads the fleet page by page, tags devices, reads the tag back.

Uses requests when it is installed, else the standard library. Prints what it found as one JSON object.
"""

import base64
import json
import os
import ssl
import urllib.error
import urllib.request

ADDRESS = os.environ["UEM_ADDRESS"].rstrip("/")
HEADERS = {
    "aw-tenant-code": os.environ["UEM_KEY"],
    "Authorization": "Basic "
    + base64.b64encode(f"{os.environ['UEM_USER']}:{os.environ['UEM_PASSWORD']}".encode()).decode(),
    "Content-Type": "application/json",
}

try:
    import requests
except ImportError:
    requests = None


def call(method, path, body=None, version=1):
    """Returns status and parsed body; None where there is no body."""
    headers = {**HEADERS, "Accept": f"application/json;version={version}"}
    data = None if body is None else json.dumps(body)
    if requests is not None:
        answer = requests.request(
            method, f"{ADDRESS}/{path}", headers=headers, data=data, verify=os.environ["UEM_CA"], timeout=30
        )
        status, content_type, content = answer.status_code, answer.headers.get("Content-Type"), answer.content
    else:
        request = urllib.request.Request(
            f"{ADDRESS}/{path}", method=method, headers=headers, data=data.encode() if data else None
        )
        trust = ssl.create_default_context(cafile=os.environ["UEM_CA"])
        try:
            answer = urllib.request.urlopen(request, context=trust, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        status, content_type, content = answer.status, answer.headers.get("Content-Type"), answer.read()
    # Old clients of this API compare the type exactly.
    if content_type == "application/json; charset=utf-8":
        return status, json.loads(content)
    return status, None


def pages(path, rows):
    page = 0
    while True:
        status, body = call("GET", f"{path}{'&' if '?' in path else '?'}page={page}&pagesize=25")
        if status == 204 or not body[rows]:
            return
        yield from body[rows]
        page += 1


_, info = call("GET", "system/info")
devices = list(pages("mdm/devices/search", "Devices"))
_, groups = call("GET", "system/groups/search", version=2)
group = groups["OrganizationGroups"][0]
made, tag = call("POST", "mdm/tags/addtag", {"TagName": "Python", "TagType": 1, "LocationGroupId": group["Id"]})
some = [str(device["Id"]["Value"]) for device in devices[:3]]
_, tagged = call("POST", f"mdm/tags/{tag['Value']}/adddevices", {"BulkValues": {"Value": some}})
_, carriers = call("GET", f"mdm/tags/{tag['Value']}/devices")
missing, error = call("GET", "mdm/devices/1")
print(
    json.dumps(
        {
            "product": info["ProductName"],
            "devices": len({device["Uuid"] for device in devices}),
            "created": made,
            "accepted": tagged["AcceptedItems"],
            "carriers": len(carriers["Device"]),
            "missing": missing,
            "error": error["errorCode"],
        }
    )
)
