package io.gpushare.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why a file or a folder could not be written, in words, without the name that it has while it is written. */
public final class WriteFailure {
    private WriteFailure() {}

    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing ->
                isThere(Path.of(missing.getFile()).getParent())
                        ? "nothing can be made there"
                        : "there is no such folder";
            case FileAlreadyExistsException taken ->
                taken.getFile() + (Files.isRegularFile(Path.of(taken.getFile())) ? " is a file" : " is there already");
            case FileSystemException other when other.getReason() != null -> words(other.getReason());
            case FileNotFoundException refused -> words(inBrackets(String.valueOf(refused.getMessage())));
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static boolean isThere(@Nullable Path folder) {
        return folder != null && Files.exists(folder);
    }

    /** "/x/y (Permission denied)": what the system said is in brackets. */
    private static String inBrackets(String message) {
        int bracket = message.lastIndexOf(" (");
        return bracket >= 0 && message.endsWith(")") ? message.substring(bracket + 2, message.length() - 1) : message;
    }

    private static String words(String said) {
        return switch (said) {
            case "Is a directory" -> "it is a folder";
            case "No such file or directory" -> "there is no such folder";
            case "Not a directory" -> "a part of its name is a file";
            case "Permission denied" -> "no permission";
            default -> said;
        };
    }
}
