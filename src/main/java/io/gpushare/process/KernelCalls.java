package io.gpushare.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gpushare.cores.CpuSet;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** What Java does not know of Linux's processes: orphans, children that it did not start, and where threads run. */
@SuppressWarnings("restricted") // these functions are called as the C library declares them
public final class KernelCalls {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int P_ALL = 0;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x0100_0000;

    /** Of {@code siginfo_t}, on 64 bits. */
    private static final int SIGINFO_BYTES = 128;

    private static final int SIGINFO_PID = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle PRCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle WAITID = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("waitid"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle WAITPID = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("waitpid"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SCHED_SETAFFINITY = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("sched_setaffinity"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private static final MethodHandle SCHED_GETCPU =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("sched_getcpu"), FunctionDescriptor.of(JAVA_INT));

    private KernelCalls() {}

    /** Whether orphans that descend from this process come to it from now on. */
    static boolean adoptOrphans(boolean wanted) {
        return 0 == call(() -> (int) PRCTL.invokeExact(PR_SET_CHILD_SUBREAPER, wanted ? 1L : 0L, 0L, 0L, 0L));
    }

    /** A child that has ended and was not asked for; it stays as it is. */
    static Optional<Integer> endedChild() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(SIGINFO_BYTES, Long.BYTES);
            int failure = call(() -> (int) WAITID.invokeExact(P_ALL, 0, answer, WEXITED | WNOHANG | WNOWAIT));
            int pid = answer.get(JAVA_INT, SIGINFO_PID);
            return failure == 0 && pid > 0 ? Optional.of(pid) : Optional.empty();
        }
    }

    /** Whether it was there, and is now gone for good. */
    static boolean bury(int pid) {
        return pid == call(() -> (int) WAITPID.invokeExact(pid, MemorySegment.NULL, WNOHANG));
    }

    /** From now on the calling thread, and whatever it starts, runs there only. Whether the kernel agreed. */
    public static boolean moveThreadTo(CpuSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            int words = cpus.numbers().last() / Long.SIZE + 1;
            MemorySegment mask = arena.allocate(JAVA_LONG, words);
            for (int cpu : cpus.numbers()) {
                int word = cpu / Long.SIZE;
                mask.setAtIndex(JAVA_LONG, word, mask.getAtIndex(JAVA_LONG, word) | 1L << cpu % Long.SIZE);
            }
            return 0 == call(() -> (int) SCHED_SETAFFINITY.invokeExact(0, mask.byteSize(), mask));
        }
    }

    /** On which processor the calling thread runs right now. */
    public static int cpu() {
        return call(() -> (int) SCHED_GETCPU.invokeExact());
    }

    private interface Call {
        int invoke() throws Throwable;
    }

    @SuppressWarnings("IllegalCatch") // a method handle declares it; the functions themselves throw nothing
    private static int call(Call call) {
        try {
            return call.invoke();
        } catch (Throwable bug) {
            throw new IllegalStateException(bug);
        }
    }
}
