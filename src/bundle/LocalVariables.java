import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes the names of local variables out of a class file, which debuggers show, and leaves all else byte by byte as it
 * is: what stack traces show, too.
 */
final class LocalVariables {
    private static final Set<String> NAMES = Set.of("LocalVariableTable", "LocalVariableTypeTable");

    private final ByteBuffer in;
    private String[] texts = {};

    private LocalVariables(byte[] classFile) {
        this.in = ByteBuffer.wrap(classFile);
    }

    static byte[] without(byte[] classFile) {
        try {
            return new LocalVariables(classFile).copy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] copy() throws IOException {
        skip(8);
        readConstants();
        skip(6);
        skip(2 * u2());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(in.array(), 0, in.position());
        for (int kind = 0; kind < 2; kind++) {
            int members = pass2(out);
            for (int member = 0; member < members; member++) {
                pass(6, out);
                attributes(out);
            }
        }
        pass(in.remaining(), out);
        return bytes.toByteArray();
    }

    private void readConstants() {
        texts = new String[u2()];
        for (int at = 1; at < texts.length; at++) {
            int tag = in.get();
            switch (tag) {
                case 1 -> {
                    byte[] text = new byte[u2()];
                    in.get(text);
                    texts[at] = new String(text, StandardCharsets.ISO_8859_1);
                }
                case 7, 8, 16, 19, 20 -> skip(2);
                case 15 -> skip(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                case 5, 6 -> {
                    skip(8);
                    at++;
                }
                default -> throw new IllegalArgumentException("no constant has tag " + tag);
            }
        }
    }

    private void attributes(DataOutputStream out) throws IOException {
        int count = u2();
        int kept = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream attributes = new DataOutputStream(bytes);
        for (int i = 0; i < count; i++) {
            int name = u2();
            int length = in.getInt();
            int end = in.position() + length;
            if (NAMES.contains(texts[name])) {
                in.position(end);
                continue;
            }
            kept++;
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            DataOutputStream body = new DataOutputStream(content);
            if ("Code".equals(texts[name])) {
                pass(4, body);
                pass(pass4(body), body);
                pass(8 * pass2(body), body);
                attributes(body);
            } else {
                pass(length, body);
            }
            attributes.writeShort(name);
            attributes.writeInt(content.size());
            content.writeTo(attributes);
        }
        out.writeShort(kept);
        bytes.writeTo(out);
    }

    private int u2() {
        return in.getShort() & 0xffff;
    }

    private int pass2(DataOutputStream out) throws IOException {
        int value = u2();
        out.writeShort(value);
        return value;
    }

    private int pass4(DataOutputStream out) throws IOException {
        int value = in.getInt();
        out.writeInt(value);
        return value;
    }

    private void pass(int length, DataOutputStream out) throws IOException {
        out.write(in.array(), in.position(), length);
        skip(length);
    }

    private void skip(int length) {
        in.position(in.position() + length);
    }
}
