package io.gpushare.cli.option;

import io.gpushare.failure.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** The value of a {@code --format}, or of another option with a few words, by those that its help shows. */
public final class FormatWords {
    private FormatWords() {}

    /** @param formats whose text is the word for each */
    public static <T> T chosen(String text, T[] formats) {
        return chosen("format", text, formats);
    }

    /** @param what one of them is called, as in "format" */
    public static <T> T chosen(String what, String text, T[] formats) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
        List<String> words = Arrays.stream(formats).map(Object::toString).toList();
        int place = words.indexOf(wanted);
        if (place < 0) {
            throw new TypeConversionException(
                    "there is no " + what + " '" + text + "'. " + Spelling.suggestion(wanted, words)
                            + (words.size() == 1 ? "There is " : "There are ") + String.join(", ", words));
        }
        return formats[place];
    }
}
