package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import java.util.regex.Pattern;

/** What a user calls an experiment, which names its folder. */
public final class FolderNameText {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private FolderNameText() {}

    /**
     * The name as it is.
     *
     * @param noun with its article, as {@code a sweep}
     * @throws GpushareException (status USAGE) for one that names no folder
     */
    public static String checked(String wanted, String noun) {
        if (!SAFE.matcher(wanted).matches()) {
            throw GpushareException.usage(
                    "'" + wanted + "' cannot be the name of " + noun,
                    "It names a folder: write letters, digits, points, dashes and underscores.");
        }
        return wanted;
    }
}
