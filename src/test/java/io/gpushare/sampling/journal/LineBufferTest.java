package io.gpushare.sampling.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final LineBuffer line = new LineBuffer();

    private String written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.writeTo(out);
        line.clear();
        return out.toString(StandardCharsets.US_ASCII);
    }

    private String number(double value) throws IOException {
        line.number(value);
        return written();
    }

    private String milliseconds(long nanos) throws IOException {
        line.milliseconds(nanos);
        return written();
    }

    @Test
    void writesWholeNumbersAsTheyAre() throws IOException {
        assertThat(number(0)).isEqualTo("0");
        assertThat(number(-0.0)).isEqualTo("0");
        assertThat(number(-17)).isEqualTo("-17");
        assertThat(number(150_754_820_096.0)).isEqualTo("150754820096");
        assertThat(number(9e15)).isEqualTo("9000000000000000");
    }

    @Test
    void writesFractionsToSixDecimalsWithoutTrailingZeros() throws IOException {
        assertThat(number(76.5)).isEqualTo("76.5");
        assertThat(number(0.000001)).isEqualTo("0.000001");
        assertThat(number(-0.25)).isEqualTo("-0.25");
        assertThat(number(1.0 / 3)).isEqualTo("0.333333");
        assertThat(number(12.0000001)).isEqualTo("12");
        assertThat(number(0.0000001)).isEqualTo("0");
    }

    @Test
    void writesMillisecondsToTheMicrosecond() throws IOException {
        assertThat(milliseconds(0)).isEqualTo("0");
        assertThat(milliseconds(1_234_567_890)).isEqualTo("1234.567");
        assertThat(milliseconds(-20_000_000)).isEqualTo("-20");
        assertThat(milliseconds(-1_500)).isEqualTo("-0.002");
        assertThat(milliseconds(999)).isEqualTo("0");
        assertThat(milliseconds(Long.MAX_VALUE)).isEqualTo("9223372036854.775");
    }

    @Test
    void writesWhatReadsBackAsTheSameNumber() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(22) - 3);
            assertThat(Double.parseDouble(number(value)))
                    .isBetween(value - 0.5000001e-6 - Math.ulp(value), value + 0.5000001e-6 + Math.ulp(value));
        }
    }

    @Test
    void growsWithTheLine() throws IOException {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            line.whole(Long.MIN_VALUE);
            line.character(',');
            line.nothing();
            expected.append(Long.MIN_VALUE).append(",null");
        }
        assertThat(written()).isEqualTo(expected.toString());
    }
}
