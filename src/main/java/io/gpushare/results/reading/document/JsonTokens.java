package io.gpushare.results.reading.document;

import java.io.IOException;
import java.util.Locale;

/**
 * The parts of JSON in which a result has most of its bytes: numbers, and names of a few letters. Stricter than JSON where
 * no result needs the freedom.
 */
public final class JsonTokens {
    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long EXACT = 1L << 53;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 64;

    private final ByteSource source;
    private final char[] text = new char[LONGEST_NAME];

    JsonTokens(ByteSource source) {
        this.source = source;
    }

    /** Passes over what follows. */
    public JsonSkipper skipper() {
        return new JsonSkipper(source);
    }

    /** The next byte that is no blank. */
    public int next() throws IOException, DamagedFileException {
        int found = source.next();
        while (found == ' ' || found == '\n' || found == '\r' || found == '\t') {
            found = source.next();
        }
        if (found == ByteSource.END) {
            throw cutOff();
        }
        return found;
    }

    public void expect(char wanted) throws IOException, DamagedFileException {
        int found = next();
        if (found != wanted) {
            throw unexpected(found, "'" + wanted + "'");
        }
    }

    /** Whether another element follows in a list whose first one was read; otherwise its end was. */
    public boolean another(char end) throws IOException, DamagedFileException {
        int found = next();
        if (found == ',') {
            return true;
        }
        if (found != end) {
            throw unexpected(found, "',' or '" + end + "'");
        }
        return false;
    }

    /** A name of plain letters, its opening quote read already. */
    public String name() throws IOException, DamagedFileException {
        int length = 0;
        for (int next = source.next(); next != '"'; next = source.next()) {
            if (next == ByteSource.END) {
                throw cutOff();
            }
            if (length == LONGEST_NAME || next == '\\' || next < ' ' || next > '~') {
                throw new DamagedFileException("has a name that no result has" + where());
            }
            text[length++] = (char) next;
        }
        return new String(text, 0, length);
    }

    /**
     * A bucket as a name, its opening quote read already.
     *
     * @return -1 for what is none
     */
    int bucket(int most) throws IOException {
        int first = source.next();
        int bucket = first - '0';
        if (bucket < 0 || bucket > 9) {
            return -1;
        }
        for (int next = source.next(); next != '"'; next = source.next()) {
            int digit = next - '0';
            if (digit < 0 || digit > 9 || bucket == 0) {
                return -1;
            }
            bucket = 10 * bucket + digit;
            if (bucket > most) {
                return -1;
            }
        }
        return bucket <= most ? bucket : -1;
    }

    /** A whole number from 0 that a double holds exactly. */
    long count() throws IOException, DamagedFileException {
        int first = next();
        int digitOfFirst = first - '0';
        long number = digitOfFirst;
        if (number < 0 || number > 9) {
            throw unexpected(first, "a whole number from 0");
        }
        int next = source.next();
        for (int digit = next - '0'; digit >= 0 && digit <= 9; digit = next - '0') {
            if (number == 0) {
                throw new DamagedFileException("has a number that begins with 0" + where());
            }
            number = 10 * number + digit;
            if (number > EXACT) {
                throw new DamagedFileException("has a number that is beyond any count" + where());
            }
            next = source.next();
        }
        if (next == '.' || next == 'e' || next == 'E') {
            throw unexpected(next, "a whole number");
        }
        unread(next);
        return number;
    }

    /** A finite number. */
    public double number() throws IOException, DamagedFileException {
        return number(next());
    }

    public double number(int first) throws IOException, DamagedFileException {
        int length = 0;
        boolean negative = first == '-';
        int next = first;
        if (negative) {
            text[length++] = '-';
            next = source.next();
        }
        long digits = 0;
        int scale = 0;
        int begin = length;
        while (next >= '0' && next <= '9' && length < LONGEST_NUMBER) {
            digits = 10 * digits + (next - '0');
            text[length++] = (char) next;
            next = source.next();
        }
        if (length == begin) {
            throw unexpected(next, "a number");
        }
        if (length > begin + 1 && text[begin] == '0') {
            throw new DamagedFileException("has a number that begins with 0" + where());
        }
        int significant = length - begin;
        boolean plain = true;
        if (next == '.') {
            text[length++] = '.';
            next = source.next();
            int point = length;
            while (next >= '0' && next <= '9' && length < LONGEST_NUMBER) {
                digits = 10 * digits + (next - '0');
                text[length++] = (char) next;
                next = source.next();
            }
            scale = length - point;
            significant += scale;
            if (scale == 0) {
                throw unexpected(next, "a digit");
            }
        }
        if (next == 'e' || next == 'E') {
            plain = false;
            text[length++] = 'e';
            next = source.next();
            if (next == '+' || next == '-') {
                text[length++] = (char) next;
                next = source.next();
            }
            int exponent = length;
            while (next >= '0' && next <= '9' && length < LONGEST_NUMBER) {
                text[length++] = (char) next;
                next = source.next();
            }
            if (length == exponent) {
                throw unexpected(next, "a digit");
            }
        }
        if (length >= LONGEST_NUMBER) {
            throw new DamagedFileException("has a number of " + LONGEST_NUMBER + " digits or more" + where());
        }
        unread(next);
        // Both are exact then, and so is their quotient, correctly rounded.
        if (plain && significant <= 18 && digits <= EXACT && scale < TENS.length) {
            double number = digits / TENS[scale];
            return negative ? -number : number;
        }
        double number = Double.parseDouble(new String(text, 0, length));
        if (!Double.isFinite(number)) {
            throw new DamagedFileException("has a number that is beyond all numbers" + where());
        }
        return number;
    }

    /** Like {@link #number(int)} for one that nobody wants to know. */
    void skipNumber(int first) throws IOException, DamagedFileException {
        int next = first == '-' ? source.next() : first;
        if (next == '0') {
            next = source.next();
        } else {
            next = skipDigits(next);
        }
        if (next == '.') {
            next = skipDigits(source.next());
        }
        if (next == 'e' || next == 'E') {
            next = source.next();
            next = skipDigits(next == '+' || next == '-' ? source.next() : next);
        }
        unread(next);
    }

    /** At least one. Returns what follows. */
    private int skipDigits(int first) throws IOException, DamagedFileException {
        if (first < '0' || first > '9') {
            throw unexpected(first, "a digit");
        }
        int next = source.next();
        while (next >= '0' && next <= '9') {
            next = source.next();
        }
        return next;
    }

    boolean truth() throws IOException, DamagedFileException {
        int first = next();
        if (first == 't') {
            rest("rue");
            return true;
        }
        if (first == 'f') {
            rest("alse");
            return false;
        }
        throw unexpected(first, "true or false");
    }

    /** What is left of a word. */
    public void rest(String letters) throws IOException, DamagedFileException {
        for (int i = 0; i < letters.length(); i++) {
            int found = source.next();
            if (found != letters.charAt(i)) {
                throw unexpected(found, "'" + letters.charAt(i) + "'");
            }
        }
    }

    private void unread(int next) {
        if (next != ByteSource.END) {
            source.back();
        }
    }

    DamagedFileException cutOff() {
        return DamagedFileException.ofWholeFile(
                String.format(Locale.ROOT, "is cut off: it ends in the middle, after %,d bytes", source.count()));
    }

    public DamagedFileException unexpected(int found, String wanted) {
        if (found == ByteSource.END) {
            return cutOff();
        }
        String what = found > ' ' && found <= '~' ? "'" + (char) found + "'" : "byte " + found;
        return new DamagedFileException("is no JSON: there is " + what + " instead of " + wanted + where());
    }

    String where() {
        return String.format(Locale.ROOT, " (byte %,d)", source.count());
    }
}
