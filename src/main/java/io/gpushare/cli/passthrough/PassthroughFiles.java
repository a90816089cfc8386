package io.gpushare.cli.passthrough;

import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.experiment.passthrough.Passthrough;
import io.gpushare.experiment.passthrough.PassthroughFolder;
import io.gpushare.experiment.passthrough.PassthroughJson;
import io.gpushare.experiment.passthrough.PassthroughPicture;
import io.gpushare.experiment.passthrough.PassthroughText;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.Markdown;
import io.gpushare.report.text.PlainText;
import java.util.List;

/** What is left in the folder beside the states. */
final class PassthroughFiles {
    static final String NAME = "passthrough";
    private static final int TEXT_COLUMNS = 160;

    private PassthroughFiles() {}

    static void write(Passthrough found, PassthroughFolder folder) {
        List<Block> text = PassthroughText.whole(found);
        folder.write(NAME + ".json", JsonAnswer.render(PassthroughJson.of(found)) + "\n");
        folder.write(NAME + ".txt", String.join("\n", PlainText.whole(text, TEXT_COLUMNS)) + "\n");
        folder.write(NAME + ".md", Markdown.of(text));
        PassthroughPicture.of(found).write(folder.path().resolve(NAME + ".png"));
    }
}
