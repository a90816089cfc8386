package io.gpushare.cli.isolate;

import io.gpushare.cli.terminal.JsonAnswer;
import io.gpushare.experiment.isolate.Isolation;
import io.gpushare.experiment.isolate.IsolationJson;
import io.gpushare.experiment.isolate.IsolationPicture;
import io.gpushare.experiment.isolate.IsolationText;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.Markdown;
import io.gpushare.report.text.PlainText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What is left in the folder of an isolation experiment, beside its runs. */
final class IsolationFiles {
    private static final String NAME = "isolation";
    private static final int TEXT_COLUMNS = 160;

    private IsolationFiles() {}

    static void write(Isolation isolation, Path folder) {
        List<Block> text = IsolationText.whole(isolation);
        write(folder.resolve(NAME + ".json"), JsonAnswer.render(IsolationJson.of(isolation)) + "\n");
        write(folder.resolve(NAME + ".txt"), String.join("\n", PlainText.whole(text, TEXT_COLUMNS)) + "\n");
        write(folder.resolve(NAME + ".md"), Markdown.of(text));
        IsolationPicture.of(isolation).write(folder.resolve(NAME + ".png"));
    }

    private static void write(Path file, String content) {
        try {
            AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw GpushareException.failed(
                    file + " cannot be written: " + WriteFailure.reason(failure),
                    "The runs are beside it. Make room, or choose another folder with --out.",
                    failure);
        }
    }
}
