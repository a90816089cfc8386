import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies the libraries as they start fastest and pack best: stored instead of compressed, with classes that Java can
 * keep in its archive, without the names of local variables, without classes that nothing uses, and of JNA's native
 * code what this machine needs.
 *
 * <p>Usage: {@code java Libraries.java FROM TO}
 */
final class Libraries {
    /** Of older classes Java's archive keeps none, and none of ours that implement an interface of theirs. */
    private static final int OLDEST_ARCHIVED = ClassFile.JAVA_6_VERSION;

    private static final String NATIVE_CODE = "com/sun/jna/.*/(lib)?jnidispatch\\..*|com/sun/jna/.*\\.a";

    private static final String NATIVE_CODE_HERE =
            "com/sun/jna/linux-" + System.getProperty("os.arch").replace("amd64", "x86-64") + "/";

    private static final String NOTICE =
            "The build of gpushare has left out of this jar names of local variables, classes that nothing uses and"
                    + " native code for other machines, raised the version of old class files, and changed no more.\n";

    private Libraries() {}

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Files.createDirectories(Path.of(arguments[1]));
        List<Path> jars;
        try (Stream<Path> files = Files.list(from)) {
            jars = files.sorted().toList();
        }
        List<Path> old = jars.stream()
                .filter(jar -> isOlder(to.resolve(jar.getFileName()), jar))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        UsedClasses used = UsedClasses.of(jars);
        for (Path jar : jars) {
            // What is left of these hangs on how all others use them.
            if (old.contains(jar) || UsedClasses.isThinned(jar)) {
                copy(jar, to.resolve(jar.getFileName()), used);
            }
        }
    }

    private static boolean isOlder(Path copy, Path jar) {
        try {
            return Files.notExists(copy)
                    || Files.getLastModifiedTime(copy).compareTo(Files.getLastModifiedTime(jar)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to, UsedClasses used) throws IOException {
        Path unfinished = to.resolveSibling(to.getFileName() + ".unfinished");
        try (ZipFile jar = new ZipFile(from.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(unfinished))) {
            boolean thinned = UsedClasses.isThinned(from);
            boolean changed = false;
            long time = 0;
            for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                time = entry.getTime();
                if (name.matches(NATIVE_CODE) && !name.startsWith(NATIVE_CODE_HERE) || thinned && !used.keeps(name)) {
                    changed = true;
                    continue;
                }
                byte[] content = jar.getInputStream(entry).readAllBytes();
                if (name.endsWith(".class")) {
                    byte[] original = content;
                    content = version(content) < OLDEST_ARCHIVED ? renewed(content, jar) : content;
                    content = LocalVariables.without(content);
                    changed |= !Arrays.equals(content, original);
                }
                store(name, time, content, out);
            }
            if (changed) {
                store("META-INF/NOTICE.gpushare", time, NOTICE.getBytes(StandardCharsets.UTF_8), out);
            }
        }
        Files.move(unfinished, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int version(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }

    /** The same code with the maps of its stack that newer versions have. */
    private static byte[] renewed(byte[] classFile, ZipFile jar) {
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(type -> resource(type, jar))
                .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile files =
                ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        ClassModel old = files.parse(classFile);
        return files.transformClass(
                old,
                ClassTransform.transformingMethodBodies(CodeBuilder::with)
                        .andThen(ClassTransform.endHandler(
                                builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
    }

    private static InputStream resource(ClassDesc type, ZipFile jar) {
        String descriptor = type.descriptorString();
        ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        if (entry == null) {
            return null;
        }
        try (InputStream content = jar.getInputStream(entry)) {
            return new ByteArrayInputStream(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(String name, long time, byte[] content, ZipOutputStream out) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
