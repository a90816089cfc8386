package io.gpushare.cli.option;

import io.gpushare.text.Numbers;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers that options take; picocli's own complaints speak of Java's types. */
public final class NumberText {
    private NumberText() {}

    /** Registers the converters with a command and all commands below it. */
    public static void teach(CommandLine command) {
        command.registerConverter(Integer.class, saying(Numbers::whole));
        command.registerConverter(Integer.TYPE, saying(Numbers::whole));
        ITypeConverter<Long> whole = saying(text -> Numbers.within(text, Long.MIN_VALUE, Long.MAX_VALUE));
        command.registerConverter(Long.class, whole);
        command.registerConverter(Long.TYPE, whole);
        command.registerConverter(Double.class, saying(Numbers::decimal));
        command.registerConverter(Double.TYPE, saying(Numbers::decimal));
    }

    private static <N> ITypeConverter<N> saying(Function<String, N> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(String.valueOf(refused.getMessage()));
            }
        };
    }
}
