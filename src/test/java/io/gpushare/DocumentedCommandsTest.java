package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Whatever the documentation and the help tell people to type is understood. What {@code bench} and {@code sweep}
 * would run is planned, and what {@code mode} would change is worked out on a simulated card; nothing else is run.
 */
final class DocumentedCommandsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\$ )?(?:.* && )?(?:sudo )?(?:\\./)?gpushare (?<arguments>\\S.*)");
    /** In help, what a command is good for stands behind two blanks. */
    private static final Pattern REMARK = Pattern.compile("\\s+#\\s.*|\\s{2,}.*");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Set<String> END = Set.of("|", ">", "||", "&&");
    private static final Set<String> CARRIED_OUT = Set.of("bench", "sweep", "mode");

    /** Also of files and cards that are not here. */
    private static final Set<String> NOT_TRIED = Set.of("--plan", "--mig-parted", "--baseline", "--gpu");

    @TempDir
    Path folder;

    private record Typed(String where, List<String> words) {}

    @TestFactory
    Stream<DynamicTest> areUnderstood() throws IOException {
        List<Typed> typed = new ArrayList<>(inHelp(commands(new ByteArrayOutputStream()), "help"));
        for (Path file : documents()) {
            typed.addAll(inDocument(file));
        }
        assertThat(typed).hasSizeGreaterThan(90);
        return typed.stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.where() + ": " + String.join(" ", one.words()), () -> understands(one.words())));
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("gpu-configs/README.md")));
        try (Stream<Path> all = Files.list(Path.of("docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static List<Typed> inDocument(Path file) throws IOException {
        List<Typed> typed = new ArrayList<>();
        Matcher fences = FENCE.matcher(Files.readString(file));
        while (fences.find()) {
            fences.group(1).replaceAll("\\\\\\n\\s*", "").lines().forEach(line -> typed(file.toString(), line, typed));
        }
        return typed;
    }

    private static List<Typed> inHelp(CommandLine command, String where) {
        List<Typed> typed = new ArrayList<>();
        for (String line : command.getCommandSpec().usageMessage().footer()) {
            typed(where, line.strip(), typed);
        }
        command.getSubcommands().forEach((name, below) -> typed.addAll(inHelp(below, where + " of " + name)));
        return typed;
    }

    private static void typed(String where, String line, List<Typed> all) {
        Matcher matcher = COMMAND.matcher(line);
        boolean elided = line.contains("…");
        if (matcher.matches() && !elided) {
            String arguments = REMARK.matcher(matcher.group("arguments")).replaceFirst("");
            List<String> words = WORD.matcher(arguments)
                    .results()
                    .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                            .filter(part -> part != null)
                            .findFirst()
                            .orElseThrow())
                    .takeWhile(Predicate.not(END::contains))
                    .toList();
            all.add(new Typed(where, words));
        }
    }

    private CommandLine commands(ByteArrayOutputStream told) {
        Console console =
                new Console(told, new PrintStream(told, true, StandardCharsets.UTF_8), false, false, Map.of());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GPUSHARE_STATE", folder.toString());
        return Gpushare.commands(console, new Interruption(), Path.of("").toAbsolutePath(), environment, () -> {
            throw new AssertionError("asked the driver");
        });
    }

    private void understands(List<String> words) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        CommandLine commands = commands(told);
        boolean ofACluster = words.getFirst().equals("mode") && words.contains("--runtime");
        boolean elsewhere = ofACluster
                || words.stream().anyMatch(word -> word.endsWith(".yaml") || NOT_TRIED.contains(word.split("=", 2)[0]));
        if (elsewhere || !CARRIED_OUT.contains(words.getFirst())) {
            commands.parseArgs(words.toArray(String[]::new));
            return;
        }
        assertThat(commands.execute(tried(words).toArray(String[]::new)))
                .as(told.toString(StandardCharsets.UTF_8))
                .isIn(words.get(1).equals("assert") ? List.of(0, 1) : List.of(0));
    }

    /** Without anything being run or changed. */
    private static List<String> tried(List<String> words) {
        List<String> tried = new ArrayList<>(words);
        boolean looksOnly =
                words.getFirst().equals("mode") && !Set.of("apply", "restore").contains(words.get(1));
        if (!looksOnly && !words.contains("--dry-run")) {
            tried.add("--dry-run");
        }
        boolean simulated = words.stream().anyMatch(word -> word.startsWith("--simulate"));
        if (words.getFirst().equals("mode") && !simulated) {
            tried.add("--simulate=" + card(words));
        }
        return tried;
    }

    private static String card(List<String> words) {
        return Stream.of("a100-80", "a100-40", "h100")
                .filter(card -> words.stream().anyMatch(word -> word.contains(card.replace("-40", ""))))
                .findFirst()
                .orElse("h200");
    }
}
