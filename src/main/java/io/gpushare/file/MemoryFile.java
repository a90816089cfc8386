package io.gpushare.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A file that lies on no disk, for code that takes the name of a file only. It goes with this process, however that
 * ends.
 */
public final class MemoryFile {
    private static final int CLOSE_ON_EXEC = 1;

    private MemoryFile() {}

    /**
     * @param label what tools that list open files show
     * @return its name, for this process only
     */
    public static Path of(String label, byte[] content) throws IOException {
        int descriptor = create(label);
        if (descriptor < 0) {
            throw new IOException("Linux gives no file in memory");
        }
        Path path = Path.of("/proc/self/fd/" + descriptor);
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            out.write(content);
        }
        return path;
    }

    @SuppressWarnings("restricted") // memfd_create is called with the two arguments that belong to it
    private static int create(String label) throws IOException {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup()
                .find("memfd_create")
                .orElseThrow(() -> new IOException("this system's C library has no files in memory"));
        MethodHandle call = linker.downcallHandle(
                function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            return (int) call.invokeExact(arena.allocateFrom(label), CLOSE_ON_EXEC);
        } catch (Throwable impossible) {
            throw new IllegalStateException("memfd_create throws nothing", impossible);
        }
    }
}
