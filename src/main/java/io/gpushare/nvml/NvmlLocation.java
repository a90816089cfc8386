package io.gpushare.nvml;

import com.sun.jna.InvocationMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.gpushare.failure.GpushareException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where NVML is.
 *
 * @param library a name for the system's loader, or a path
 */
public record NvmlLocation(String library) {
    /** Names another library than the system's: a driver installed elsewhere, or a fake for tests. */
    public static final String VARIABLE = "GPUSHARE_NVML_LIBRARY";

    private static final String SYSTEM_LIBRARY = "libnvidia-ml.so.1";

    public static NvmlLocation fromEnvironment(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return new NvmlLocation(named.isBlank() ? SYSTEM_LIBRARY : named);
    }

    NvmlLibrary load() {
        requireNativeCalls();
        try {
            return Native.load(
                    library, NvmlLibrary.class, Map.of(Library.OPTION_INVOCATION_MAPPER, new MissingSymbols()));
        } catch (UnsatisfiedLinkError failure) {
            throw cannotBeLoaded(failure);
        }
    }

    private GpushareException cannotBeLoaded(UnsatisfiedLinkError failure) {
        if (library.equals(SYSTEM_LIBRARY)) {
            return GpushareException.unable(
                    "no NVIDIA driver on this machine: " + library + " cannot be loaded",
                    "Install the NVIDIA driver (on Debian and Ubuntu the library is in libnvidia-compute or"
                            + " libnvidia-ml1); in a container, start it with GPU access. A library"
                            + " elsewhere can be named"
                            + " in " + VARIABLE + ".",
                    failure);
        }
        return GpushareException.unable(
                "the NVML library " + library + " cannot be loaded",
                "Check the path in " + VARIABLE + ", or unset it to use the system's " + SYSTEM_LIBRARY + ".",
                failure);
    }

    /** JNA unpacks a library of its own first; without this a full or noexec /tmp would look like a missing driver. */
    private static void requireNativeCalls() {
        try {
            Class.forName(Native.class.getName());
        } catch (ClassNotFoundException | LinkageError failure) {
            throw GpushareException.unable(
                    "native code cannot be called: JNA could not unpack its library",
                    "Its directory may be full or mounted noexec: name another with"
                            + " JAVA_TOOL_OPTIONS=-Djna.tmpdir=DIRECTORY.",
                    failure);
        }
    }

    /**
     * Lets a function that this driver's library lacks cost its own reading only: it answers
     * {@link NvmlReturn#FUNCTION_NOT_FOUND} like any other return code. JNA asks once per function and keeps the
     * answer, so a missing one is looked up once.
     */
    private static final class MissingSymbols implements InvocationMapper {
        @Override
        public @Nullable InvocationHandler getInvocationHandler(NativeLibrary library, Method method) {
            try {
                library.getFunction(method.getName());
                return null;
            } catch (UnsatisfiedLinkError missing) {
                Object answer = method.getReturnType() == int.class ? NvmlReturn.FUNCTION_NOT_FOUND : null;
                return (proxy, called, arguments) -> answer;
            }
        }
    }
}
