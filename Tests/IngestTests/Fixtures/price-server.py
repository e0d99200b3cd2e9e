#!/usr/bin/env python3
"""Serves price files on loopback in the providers' layout, well or badly.

    price-server.py FIXTURES LOG MODE

prints its port on the first line of LOG, then a line for each request: the path without its query,
the header Range or `-`, and the status of the answer.

well          as the providers do: ETag, Content-Length, Range
cut           the first answer of each data file ends halfway; Range is kept
cut-changed   the same, and the file is another one afterwards
cut-no-range  the same, and Range is not kept: every answer is the whole file
busy          the first two answers of each file have status 500 and 503
gone          every data file has status 404
page          every data file is a page to log in
always-cut    every answer ends halfway, and Range is not kept

It ends with the process that started it.
"""

import http.server
import json
import os
import pathlib
import re
import sys
import threading
import time
import urllib.parse

PARENT = os.getppid()
FIXTURES, LOG, MODE = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
EC2 = "/offers/v1.0/aws/AmazonEC2"
PLANS = "/savingsPlan/v1.0/aws/AWSComputeSavingsPlan"
REGION = "us-east-1"
counts = {}


def index(path, key):
    return json.dumps({"regions": {REGION: {"regionCode": REGION, key: path}}}).encode()


def azure(skip):
    pages = json.loads((FIXTURES / "azure-retail.json").read_text())
    items = pages["Items"]
    half = (len(items) + 1) // 2
    # The provider's own address, port and blanks: what a mirror has to see through.
    link = "https://prices.azure.com:443/api/retail/prices?$filter=a eq 'b'&$skip=1"
    page = dict(pages, Items=items[half:] if skip else items[:half], NextPageLink=None if skip else link)
    return json.dumps(page).encode()


def google(token):
    skus = json.loads((FIXTURES / "google-skus.json").read_text())["skus"]
    # A machine's vCPUs on one page, its memory on the other.
    page = {"skus": skus[1::2] if token else skus[::2], "nextPageToken": "" if token else "a+b/c="}
    return json.dumps(page).encode()


def contents(path, query):
    """The bytes of a file, and whether it is one of data; nothing where there is no such file."""
    if path == f"{EC2}/current/region_index.json":
        return index(f"{EC2}/20250401000000/{REGION}/index.json", "currentVersionUrl"), False
    if path == f"{PLANS}/current/region_index.json":
        return index(f"{PLANS}/20250402000000/{REGION}/index.json", "versionUrl"), False
    if path == f"{EC2}/20250401000000/{REGION}/index.csv":
        return (FIXTURES / "aws-ec2-offer.csv").read_bytes(), True
    if path == f"{PLANS}/20250402000000/{REGION}/index.csv":
        return (FIXTURES / "aws-savings-plan.csv").read_bytes(), True
    if path == "/api/retail/prices":
        return azure("$skip" in query), True
    if path.startswith("/v1/services/6F81-5844-456A/skus"):
        assert query.get("pageToken", ["a+b/c="]) == ["a+b/c="]
        return google("pageToken" in query), True
    return None, False


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = urllib.parse.parse_qs(url.query)
        body, is_data = contents(url.path, query)
        count = counts[self.path] = counts.get(self.path, 0) + 1
        if body is None:
            return self.answer(404, b"no such file")
        if MODE == "busy" and count <= 2:
            return self.answer(500 if count == 1 else 503, b"try again")
        if not is_data:
            return self.answer(200, body)
        if MODE == "gone":
            return self.answer(404, b"gone")
        if MODE == "page":
            return self.answer(200, b"<!DOCTYPE html><title>Log in</title>")
        is_new = MODE == "cut-changed" and count > 1
        if is_new:
            body += b"\n"
        self.data(body, '"new"' if is_new else '"old"', count)

    def data(self, body, tag, count):
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        keeps = MODE not in ("cut-no-range", "always-cut")
        is_same = self.headers.get("If-Range", tag) == tag
        headers = {"ETag": tag}
        status = 200
        if wanted and keeps and is_same:
            start = int(wanted[1])
            if start >= len(body):
                return self.answer(416, b"")
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            body, status = body[start:], 206
        is_cut = MODE == "always-cut" or MODE.startswith("cut") and count == 1
        self.answer(status, body, headers, len(body) // 2 if is_cut else None)

    def answer(self, status, body, headers={}, most=None):
        with open(LOG, "a") as log:
            path = urllib.parse.urlsplit(self.path).path
            log.write(f"{path} {self.headers.get('Range', '-')} {status}\n")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:most])
        if most is not None:
            self.close_connection = True

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(LOG, "w") as log:
    log.write(f"{server.server_port}\n")
threading.Thread(target=server.serve_forever, daemon=True).start()
while os.getppid() == PARENT:
    time.sleep(1)
