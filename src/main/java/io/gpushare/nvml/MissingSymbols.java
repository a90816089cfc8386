package io.gpushare.nvml;

import com.sun.jna.InvocationMapper;
import com.sun.jna.NativeLibrary;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Lets a function that this driver's library lacks cost its own reading only: it answers
 * {@link NvmlReturn#FUNCTION_NOT_FOUND} like any other return code. JNA asks once per function and keeps the answer, so
 * a missing one is looked up once.
 */
final class MissingSymbols implements InvocationMapper {
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
