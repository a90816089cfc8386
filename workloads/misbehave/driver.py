"""Two kernels, which the driver itself compiles from PTX: no compiler of CUDA is needed."""

import ctypes

# For any GPU since Maxwell.
PTX = b"""
.version 6.0
.target sm_50
.address_size 64

.visible .entry spin(.param .u64 nanoseconds)
{
    .reg .pred more;
    .reg .u64 begin, now, gone, limit;
    ld.param.u64 limit, [nanoseconds];
    mov.u64 begin, %globaltimer;
again:
    mov.u64 now, %globaltimer;
    sub.u64 gone, now, begin;
    setp.lt.u64 more, gone, limit;
    @more bra again;
    ret;
}

.visible .entry stray()
{
    .reg .u64 where;
    .reg .u32 what;
    mov.u64 where, 16;
    mov.u32 what, 1;
    st.global.u32 [where], what;
    ret;
}
"""
# A divisor of what an SM holds, whatever the GPU.
THREADS = 512


class Kernels:
    """In the context that is current on this thread, which is PyTorch's."""

    def __init__(self):
        self._cuda = ctypes.CDLL("libcuda.so.1")
        module = ctypes.c_void_p()
        self._call("cuModuleLoadData", ctypes.byref(module), PTX)
        self._spin = self._function(module, b"spin")
        self._stray = self._function(module, b"stray")

    def spin(self, seconds, blocks):
        """Keeps so many blocks of threads where they are. Does not wait for them."""
        nanoseconds = ctypes.c_uint64(int(seconds * 1e9))
        parameters = (ctypes.c_void_p * 1)(ctypes.cast(ctypes.byref(nanoseconds), ctypes.c_void_p))
        self._launch(self._spin, blocks, THREADS, parameters)

    def stray(self):
        """Writes to an address that is nobody's."""
        self._launch(self._stray, 1, 1, None)

    def _launch(self, function, blocks, threads, parameters):
        one, none = ctypes.c_uint(1), ctypes.c_uint(0)
        grid = ctypes.c_uint(blocks), one, one
        block = ctypes.c_uint(threads), one, one
        self._call("cuLaunchKernel", function, *grid, *block, none, None, parameters, None)

    def _function(self, module, name):
        function = ctypes.c_void_p()
        self._call("cuModuleGetFunction", ctypes.byref(function), module, name)
        return function

    def _call(self, name, *arguments):
        status = getattr(self._cuda, name)(*arguments)
        if status:
            raise RuntimeError("CUDA driver error %d in %s" % (status, name))
