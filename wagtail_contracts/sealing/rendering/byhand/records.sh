python3 - <<'END'
import hashlib, json, sys

def digest(content, tag=None):
    start = tag.encode() + b"\n" if tag else b""
    return hashlib.sha256(start + content).hexdigest()

def insist(holds, what):
    if not holds:
        sys.exit("WRONG: " + what)

evidence = json.load(open("inside/evidence.json", encoding="utf-8"))
for file in evidence["files"]:
    content = open("inside/" + file["name"], "rb").read()
    insist(digest(content, file["tag"]) == file["digest"], file["name"])
listed = [file["digest"] for file in evidence["files"]]
insist(evidence["subject"] in listed, "the subject is not among the files")
for given in evidence["statements"]:
    insist(given["digest"] == evidence["subject"], "a signature")
trail, tag = evidence["trail"], "wagtail-contracts/audit-%s/v1"
number, head = 0, digest(json.dumps(trail["key"]).encode(), tag % "genesis")
for number, text in enumerate(trail["records"], start=1):
    record = json.loads(text)
    found = record["trail"], record["seq"], record["prev"]
    insist(found == (trail["key"], number, head), f"record {number}")
    head = digest(text.encode(), tag % "event")
insist((number, head) == (trail["length"], trail["head"]), "the head")
print("Everything agrees. Digest:", evidence["subject"])
print("Record:", trail["key"], trail["length"], trail["head"])
END
