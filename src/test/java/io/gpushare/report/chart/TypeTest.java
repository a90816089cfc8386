package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TypeTest {
    @Test
    void aNameThatFitsStaysAsItIs() {
        assertThat(Type.LABEL.fit("bert-infer", 400)).isEqualTo("bert-infer");
    }

    @Test
    void aLongNameKeepsBothEnds() {
        String name = "resnet-train[batch=128,image-size=224,precision=bf16]";

        String cut = Type.LABEL.fit(name, 300);

        assertThat(cut).startsWith("resnet-tr").contains("…").endsWith("bf16]");
        assertThat(Type.LABEL.width(cut)).isLessThanOrEqualTo(300);
    }

    @Test
    void cutsBetweenWords() {
        assertThat(Type.LABEL.fit("2 × bert-infer + 1 × resnet-infer + 4 × resnet-train", 400))
                .isEqualTo("2 × bert-infer + 1 ×…+ 4 × resnet-train");
        assertThat(Type.LABEL.fit("resnet-train[batch=128,image-size=224,precision=bf16]", 330))
                .isEqualTo("resnet-train…precision=bf16]");
    }

    @Test
    void neverCutsACharacterInTwo() {
        String cut = Type.LABEL.fit("\uD83D\uDE00".repeat(400), 200);

        assertThat(cut.codePoints().filter(point -> point < 0x10000 && Character.isSurrogate((char) point)))
                .isEmpty();
    }

    @Test
    void breaksWhereANameIsJoined() {
        assertThat(Type.TICK.lines("resnet-train[batch=128,image-size=224]", 160, 4))
                .containsExactly("resnet-train", "[batch=128,", "image-size=224]");
    }

    @Test
    void cutsTheLastOfItsLines() {
        List<String> lines = Type.TICK.lines("one two three four five six seven eight nine ten eleven twelve", 130, 2);

        assertThat(lines).hasSize(2).allMatch(line -> Type.TICK.width(line) <= 130);
        assertThat(lines.getLast()).contains("…").endsWith("twelve");
    }

    @Test
    void drawsNoControlCharacters() {
        assertThat(Type.LABEL.fit("a\nb\u0007c", 400)).isEqualTo("a b c");
    }

    @Test
    void ourFontsHaveWhatPicturesSay() {
        String words = "ABCabc0123456789 · × – − … % ‰ ≤ ≥ ° µ ² ⁻ ³ < > [ ] { } = äöüßéñ";

        assertThat(Type.LABEL.font().canDisplayUpTo(words)).isEqualTo(-1);
        assertThat(Type.VALUE.font().canDisplayUpTo(words)).isEqualTo(-1);
        assertThat(Type.LABEL.font().getFamily()).isEqualTo("Roboto");
    }
}
