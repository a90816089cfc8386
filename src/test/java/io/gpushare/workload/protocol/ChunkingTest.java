package io.gpushare.workload.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However stdout is cut into pieces, it means the same. */
final class ChunkingTest {
    private static final String[] LINES = {
        "{\"gpushare\":1,\"type\":\"started\",\"late_ns\":120}",
        "{\"gpushare\":1,\"type\":\"window\",\"index\":0,\"from_ns\":0,\"until_ns\":5,\"units\":1,\"steps\":1,\"latency\":{\"3\":1}}\r",
        "{\"gpushare\":1,\"type\":\"error\",\"kind\":\"data\",\"message\":\"größer als ∞ 🚀\"}",
        "{\"gpushare\":1,\"late_ns\":3,\"type\":\"started\"}",
        "{\"gpushare\":1,\"type\":\"nonsense\"",
        "{\"gpushare\":1,",
        "{\"gpushare\":1",
        "{\"gpushare\":2,\"type\":\"hello\"}",
        "{\"gpushare\":123456789012345678901234567890,",
        "{\"gpushare\":11",
        "{\"gpushare\":",
        "{\"gpu",
        "{",
        "",
        "\r",
        "Epoch 3 loss 0.25",
        "progress 1\rprogress 2\rprogress 3 {\"gpushare\":1,\"type\":\"started\",\"late_ns\":1}",
        "x".repeat(3000),
        "{\"gpushare\":1,\"type\":\"error\",\"kind\":\"data\",\"message\":\"" + "long ".repeat(2000) + "\"}",
    };

    private static byte[] output(Random random, int lines) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            byte[] line = (LINES[random.nextInt(LINES.length)] + "\n").getBytes(UTF_8);
            for (int bent = random.nextInt(8) == 0 ? 3 : 0; bent > 0; bent--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            output.write(line, 0, random.nextInt(200) == 0 ? random.nextInt(line.length) : line.length);
        }
        return output.toByteArray();
    }

    @Test
    void saysTheSameOfRandomPieces() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 150; round++) {
            byte[] output = output(random, 60);
            Heard whole = Heard.of(output);
            for (int longest : new int[] {1, 7, 60, 4096}) {
                Heard pieces = Heard.inPieces(output, random, longest);
                assertThat(pieces.transcript())
                        .as("round %d, pieces up to %d", round, longest)
                        .isEqualTo(whole.transcript());
            }
        }
    }

    @Test
    void losesNoByteOfALineThatIsNoMessage() {
        Random random = new Random(3);
        byte[] noise = new byte[200_000];
        for (int round = 0; round < 10; round++) {
            random.nextBytes(noise);
            Heard heard = Heard.inPieces(noise, random, 900);
            assertThat(heard.events).hasSize(1);
            assertThat(heard.log()).isEqualTo(new String(noise, ISO_8859_1));
        }
    }

    @Test
    void cutsATooLongMessageAtTheSamePlaceHoweverItComes() {
        byte[] output = ("{\"gpushare\":1,\"x\":\"" + "y".repeat(3 << 20) + "\"}\n" + LINES[0] + "\n").getBytes(UTF_8);
        Heard whole = Heard.of(output);
        assertThat(whole.violations).hasSize(1);
        assertThat(whole.messages).hasSize(1);
        Random random = new Random(4);
        for (int longest : new int[] {50, 5000, 2 << 20}) {
            assertThat(Heard.inPieces(output, random, longest).transcript()).isEqualTo(whole.transcript());
        }
    }
}
