"""Compares the struct layouts that the fake NVML (and so gpushare) uses with the nvml.h of this machine's CUDA."""
import ctypes
import glob
import pathlib
import re
import subprocess
import sys
import tempfile

sources = pathlib.Path(__file__).resolve().parent.parent / "c"
headers = glob.glob("/usr/local/cuda*/**/nvml.h", recursive=True) + glob.glob("/usr/include/**/nvml.h", recursive=True)
headers += glob.glob("/opt/**/nvidia/**/include/nvml.h", recursive=True)
if not headers:
    sys.exit("there is no nvml.h on this machine")
text = (sources / "control.c").read_text()
types = re.findall(r"\bSIZE\((\w+_t)\)", text)
fields = re.findall(r"\bOFFSET\((\w+_t), (\w+(?:\.\w+)*)\)", text)
with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(folder) / "print.c"
    lines = [f'printf("{name} %zu\\n", sizeof({name}));' for name in types]
    lines += [f'printf("{name}.{field} %zu\\n", offsetof({name}, {field}));' for name, field in fields]
    program.write_text(
        "#include <stdio.h>\n#include <stddef.h>\n#include <nvml.h>\nint main(void) {" + "\n".join(lines) + "}\n"
    )
    binary = pathlib.Path(folder) / "print"
    include = str(pathlib.Path(headers[0]).parent)
    subprocess.run(["gcc", "-I", include, "-o", str(binary), str(program)], check=True)
    real = dict(line.split() for line in subprocess.run([str(binary)], capture_output=True, text=True).stdout.splitlines())
    library = pathlib.Path(folder) / "libnvidia-ml.so.1"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(library), *map(str, sources.glob("*.c")), "-lm"], check=True)
    fake = ctypes.CDLL(str(library))
    wrong = 0
    for name, number in real.items():
        ours = (fake.fake_nvml_offsetof if "." in name else fake.fake_nvml_sizeof)(name.encode())
        # The list of metrics at its end grows from header to header; the driver fills as many as were asked for.
        grown = name == "nvmlGpmMetricsGet_t" and ours > int(number)
        if ours != int(number) and not grown:
            wrong += 1
            print(f"{name}: {ours} here, {number} in {headers[0]}")
    print(f"{len(real)} layouts compared with {headers[0]}, {wrong} wrong")
    sys.exit(1 if wrong else 0)
