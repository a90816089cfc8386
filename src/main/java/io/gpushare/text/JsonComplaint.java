package io.gpushare.text;

import com.fasterxml.jackson.core.JacksonException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a text is no JSON, without the text: whoever names the wrong file, as one of passwords, is not to find a part of
 * it in a log.
 */
public final class JsonComplaint {
    /** Up to the first quotation of more than one character. */
    private static final Pattern BEFORE_QUOTATION = Pattern.compile("(?:[^'\"]|'.')*");

    private JsonComplaint() {}

    /** Returns what is wrong in a few words, as in "Unrecognized token". */
    public static String of(JacksonException problem) {
        String first =
                String.valueOf(problem.getOriginalMessage()).lines().findFirst().orElse("");
        Matcher matcher = BEFORE_QUOTATION.matcher(first);
        return matcher.lookingAt()
                ? matcher.group().replaceAll("\\(JSON String.*", "").strip()
                : "";
    }
}
