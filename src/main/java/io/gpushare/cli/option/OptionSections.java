package io.gpushare.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists the options of a command in its help: its own first, then every {@link OptionSection} below its heading. */
public final class OptionSections implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
        List<CommandSpec> sections = sections(help.commandSpec()).toList();
        List<OptionSpec> others = new ArrayList<>(help.commandSpec().options());
        sections.forEach(section -> others.removeAll(section.options()));
        StringBuilder text = new StringBuilder(list(help, others));
        for (CommandSpec section : sections) {
            text.append(help.createHeading("%n" + heading(section) + ":%n")).append(list(help, section.options()));
        }
        return text.toString();
    }

    private static Stream<CommandSpec> sections(CommandSpec spec) {
        return spec.mixins().values().stream()
                .flatMap(mixin -> mixin.userObject() instanceof OptionSection ? Stream.of(mixin) : sections(mixin));
    }

    private static String heading(CommandSpec section) {
        return ((OptionSection) section.userObject()).heading();
    }

    private static String list(Help help, List<OptionSpec> options) {
        return help.optionListExcludingGroups(options);
    }
}
