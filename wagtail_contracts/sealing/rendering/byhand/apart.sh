python3 - <<'END'
import re, sys, time
from calendar import timegm

def values(der):
    """Each DER value in these bytes: tag, what is in it, and the whole."""
    while der:
        head, size = 2, der[1]
        if size > 127:
            head += size - 128
            size = int.from_bytes(der[2:head], "big")
        yield der[0], der[head:head + size], der[:head + size]
        der = der[head + size:]

def inside(der):
    return list(values(der))

def write(name, content):
    open(name, "wb").write(content)

data = open("contract.pdf", "rb").read()
pattern = rb"/Contents\s*(<[\dA-Fa-f]*>)\s*/ByteRange"
pattern += rb"\s*\[\s*0((?:\s+\d{1,20}){3})\s*\]"
ranges, stamps = [], []
for found in re.finditer(pattern, data):
    gap, rest, size = map(int, found[2].split())
    if found.span(1) == (gap, rest):  # else it only looks like a signature
        ranges.append((gap, rest, size))
for number, (gap, rest, size) in enumerate(ranges):
    end = rest + size
    covered = data[:gap] + data[rest:end]
    container = next(values(bytes.fromhex(data[gap + 1:rest - 1].decode())))
    name = f"stamp-{number}" if number else "seal"
    write(name + ".bin", covered)
    write(name + ".der", container[2])
    print(f"{name}: covers {end} of {len(data)} bytes")
    if number:
        stamps.append((name + ".bin", name + ".der", container[2]))
        continue
    write("sealed.pdf", data[:end])
    signed = inside(inside(container[1])[1][1])[0][1]
    signer = inside(inside(signed)[-1][1])[0][1]
    for tag, content, whole in values(signer):
        if tag == 0x04:
            write("signature.bin", content)
        if tag == 0xA1:
            token = inside(inside(inside(content)[0][1])[1][1])[0][2]
            write("token.der", token)
            stamps.append(("signature.bin", "token.der", token))
if not ranges or end != len(data):
    sys.exit("The last signature does not cover the whole file.")
when, lines = int(time.time()), []
for name, token, content in reversed(stamps):
    lines.insert(0, f"{name} {token} {when}\n")
    said = re.search(rb"\x18.(\d{14})(\.\d+)?Z", content)[1].decode()
    when = timegm(time.strptime(said, "%Y%m%d%H%M%S"))
open("stamps.txt", "w").writelines(lines)
END
