package io.gpushare.cli.mode;

import io.gpushare.cli.mode.ModeView.SeenDaemon;
import io.gpushare.cli.mode.ModeView.User;
import io.gpushare.cli.terminal.Style;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.process.RunOwner;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a GPU is set up, for a person: a name in the margin, and its lines. */
final class ModeViewText {
    private static final int MARGIN = 14;
    private static final int LONGEST_COMMAND = 60;
    private static final int NARROWEST_TEXT = 40;
    private static final String HANGING = "    ";

    private final BiFunction<Style, String, String> styled;
    private final Function<JournalEntry, String> undo;
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param undo the command that brings back what was before an entry
     * @param columns what the terminal has
     */
    ModeViewText(BiFunction<Style, String, String> styled, Function<JournalEntry, String> undo, int columns) {
        this.styled = styled;
        this.undo = undo;
        this.columns = columns;
    }

    List<String> lines(ModeView view) {
        lines.add(styled.apply(Style.HEADING, "GPU " + view.gpu().index()) + "  "
                + view.gpu().name() + "  " + view.gpu().uuid());
        add("Time slice", List.of(words(view.setup().quantum(), quantum -> quantum.text())));
        add("Compute mode", List.of(words(view.setup().computeMode(), ModeWords::of)));
        add("MIG", mig(view));
        add(
                "MPS",
                view.daemons().isEmpty()
                        ? List.of("no daemon")
                        : view.daemons().stream()
                                .flatMap(daemon -> daemon(daemon).stream())
                                .toList());
        add("Used by", users(view));
        add(
                "Changes",
                view.entries().isEmpty()
                        ? List.of("none by gpushare")
                        : view.entries().stream()
                                .flatMap(entry -> entry(entry).stream())
                                .toList());
        return lines;
    }

    private void add(String name, List<String> values) {
        String margin = "  " + name + " ".repeat(MARGIN - name.length());
        for (String value : values) {
            String indent = " ".repeat(value.length() - value.stripLeading().length());
            int width = Math.max(NARROWEST_TEXT, columns - margin.length() - indent.length() - HANGING.length());
            String before = margin + indent;
            for (String part : Wrapping.of(value.strip(), width).toList()) {
                lines.add(before + part);
                before = " ".repeat(margin.length()) + indent + HANGING;
            }
            margin = " ".repeat(margin.length());
        }
    }

    private static <T> String words(Reading<T> reading, Function<T, String> words) {
        return switch (reading) {
            case Reading.Value<T>(T value) -> words.apply(value);
            case Reading.Absent<T>(var absence) -> "unknown: " + absence.reason();
        };
    }

    private static List<String> mig(ModeView view) {
        return switch (view.setup().mig()) {
            case MigSetup.Unsupported(String why) -> List.of("none: " + why);
            case MigSetup.Off(boolean pending) -> List.of(pending ? "off, and on after a reset of the GPU" : "off");
            case MigSetup.On(boolean pending, List<GpuInstance> instances) -> {
                List<String> all = new ArrayList<>();
                all.add("on" + (pending ? ", and off after a reset of the GPU" : "")
                        + (instances.isEmpty() ? ", nothing created" : ""));
                for (GpuInstance instance : instances) {
                    all.add("  " + instance.words());
                    view.devices().stream()
                            .filter(device -> device.gpuInstanceStart()
                                    == instance.placement().start())
                            .map(ModeViewText::device)
                            .forEach(all::add);
                }
                yield all;
            }
        };
    }

    private static String device(SeenDevice device) {
        return "    " + device.uuid()
                + device.smCount().stream()
                        .mapToObj(count -> ", " + count + " SMs")
                        .collect(Collectors.joining());
    }

    private static List<String> daemon(SeenDaemon daemon) {
        String whose = daemon.ours()
                .map(ours -> "of gpushare, " + ModeWords.where(ours))
                .orElse("of somebody else");
        return List.of(daemon.pipeDirectory().toString(), "  " + whose + ": " + state(daemon.state()));
    }

    private static String state(DaemonState state) {
        return switch (state) {
            case DaemonState.Absent() -> "does not answer";
            case DaemonState.Unclear(String why) -> why;
            case DaemonState.Running(List<Server> servers) ->
                servers.isEmpty()
                        ? "no clients yet"
                        : servers.stream().map(ModeViewText::server).collect(Collectors.joining("; "));
        };
    }

    private static String server(Server server) {
        String user = server.userId().map(id -> " of user " + id).orElse("");
        String clients = server.clients().isEmpty()
                ? "no clients"
                : "clients " + server.clients().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "server " + server.pid() + user + ", " + clients;
    }

    private static List<String> users(ModeView view) {
        return switch (view.users()) {
            case Reading.Absent<List<User>>(var absence) -> List.of("unknown: " + absence.reason());
            case Reading.Value<List<User>>(List<User> users) ->
                users.isEmpty()
                        ? List.of("nobody")
                        : users.stream().map(ModeViewText::user).toList();
        };
    }

    private static String user(User user) {
        String name = user.commandLine()
                .map(line -> line.length() > LONGEST_COMMAND ? line.substring(0, LONGEST_COMMAND) + "…" : line)
                .orElse("a process that cannot be seen from here");
        return "pid " + user.process().pid()
                + user.process()
                        .memoryBytes()
                        .asOptional()
                        .map(bytes -> ", " + Amount.bytes(bytes))
                        .orElse("")
                + (user.process().kind() == GpuProcess.Kind.MPS_CLIENT ? ", through MPS" : "") + ": "
                + SafeText.of(name);
    }

    private List<String> entry(JournalEntry entry) {
        boolean runs = entry.owner().state() == RunOwner.State.RUNNING;
        return switch (entry.lifetime()) {
            case LASTING ->
                List.of(
                        "lasting, by " + RestoreWords.whose(entry),
                        "  what was before comes back with: " + undo.apply(entry));
            case TEMPORARY ->
                runs
                        ? List.of("for a while, by " + RestoreWords.whose(entry) + ", which runs")
                        : List.of(
                                "interrupted, by " + RestoreWords.whose(entry),
                                "  what was before comes back with: " + undo.apply(entry));
        };
    }
}
