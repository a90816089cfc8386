package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.transaction.NotPermittedException;
import io.gpushare.text.Shell;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Tells somebody who may not change a GPU what to type instead. */
public final class NeedsRoot {
    /** Variables that are needed in the environment, which sudo drops. */
    private static final List<String> NEEDED = List.of("GPUSHARE_STATE", "GPUSHARE_NVML_LIBRARY");

    private static final Pattern NO_PERMISSION =
            Pattern.compile("insufficient permissions|permission denied|must be (run as )?root");

    private static final String SUDO_USER = "SUDO_UID";

    private final boolean root;
    private final Map<String, String> environment;

    public NeedsRoot(boolean root, Map<String, String> environment) {
        this.root = root;
        this.environment = Map.copyOf(environment);
    }

    public boolean isRoot() {
        return root;
    }

    /** Whose programs are to be served, when root is asked by somebody. */
    public OptionalInt behindSudo() {
        String user = environment.getOrDefault(SUDO_USER, "");
        return root && user.matches("[1-9]\\d{0,8}") ? OptionalInt.of(Integer.parseInt(user)) : OptionalInt.empty();
    }

    /**
     * @param command what was typed
     * @throws GpushareException (status UNABLE) when any of these is root's to make, and this user is not
     */
    public void require(List<Change> changes, CommandLine command) {
        changes.stream().filter(Change::needsRoot).findFirst().ifPresent(change -> {
            if (!root) {
                throw GpushareException.unable("only root may " + change.words(), "As root:\n  " + sudoLine(command));
            }
        });
    }

    /** The failure with the line to type, where permissions were its reason and root has them. */
    public GpushareException told(GpushareException failure, CommandLine command) {
        boolean refused = failure instanceof NotPermittedException
                || NO_PERMISSION
                        .matcher(failure.sentence().toLowerCase(Locale.ROOT))
                        .find();
        if (root || !refused) {
            return failure;
        }
        String before = failure.advice().map(advice -> advice + "\n").orElse("");
        return GpushareException.unable(failure.sentence(), before + "As root:\n  " + sudoLine(command), failure);
    }

    /** The command that was typed, as root would type it. */
    public String sudoLine(CommandLine command) {
        return sudo(ShellWords.join("gpushare", command, Set.of(), List.of()));
    }

    /** A command for whoever typed this one, in the way they are root: by themselves, or through sudo. */
    public String again(String command) {
        return behindSudo().isPresent() ? sudo(command) : command;
    }

    /** The same command for root, who must find the same state. */
    public String sudo(String command) {
        return "sudo " + variables() + command;
    }

    private String variables() {
        StringBuilder text = new StringBuilder();
        for (String name : NEEDED) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                text.append(name).append('=').append(Shell.quoted(value)).append(' ');
            }
        }
        return text.toString();
    }
}
