package io.gpushare.cli.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** How large the terminal is at this moment. */
public record TerminalSize(int columns, int rows) {
    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    /** Asks the kernel: a cheap question, so that a live view can follow a window that is being resized. */
    public static final class Probe {
        private static final int STDOUT = 1;
        private static final int STDERR = 2;
        private static final long TIOCGWINSZ = 0x5413;

        private final MethodHandle ioctl;
        private final int descriptor;

        /** Asks for the size of the terminal on stdout. */
        public Probe() {
            this(STDOUT);
        }

        public static Probe ofStderr() {
            return new Probe(STDERR);
        }

        @SuppressWarnings("restricted") // ioctl is called with the one request and the one struct that belong together
        private Probe(int descriptor) {
            this.descriptor = descriptor;
            Linker linker = Linker.nativeLinker();
            ioctl = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
        }

        public TerminalSize read() {
            try (Arena arena = Arena.ofConfined()) {
                // struct winsize: rows, columns, and the size in pixels
                MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
                int status = (int) ioctl.invokeExact(descriptor, TIOCGWINSZ, size);
                int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
                int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
                return status == 0 && rows > 0 && columns > 0 ? new TerminalSize(columns, rows) : USUAL;
            } catch (Throwable e) {
                throw new IllegalStateException("ioctl cannot be called", e);
            }
        }
    }
}
