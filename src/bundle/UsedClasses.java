import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which classes of large libraries are of use here, where other libraries need little of them. What a class names in
 * any text that it has, as a type, in a signature or as a string, counts as used; so do the nested classes of one that
 * is.
 */
final class UsedClasses {
    /** What is in other libraries counts as used. We use of these what {@link #OURS} says, which a test holds. */
    private static final Pattern THINNED =
            Pattern.compile("(guava|commons-(codec|compress|io|lang3)|httpclient5)-.*\\.jar");

    private static final Pattern OURS = Pattern.compile("org/apache/commons/compress/archivers/tar/.*");

    private final Set<String> used;

    private UsedClasses(Set<String> used) {
        this.used = used;
    }

    static UsedClasses of(List<Path> jars) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        Set<String> used = new HashSet<>();
        for (Path path : jars) {
            try (ZipFile jar = new ZipFile(path.toFile())) {
                for (ZipEntry entry : Collections.list(jar.entries())) {
                    if (!isClass(entry.getName())) {
                        continue;
                    }
                    String name = className(entry.getName());
                    classes.put(name, jar.getInputStream(entry).readAllBytes());
                    if (!isThinned(path) || OURS.matcher(name).matches()) {
                        used.add(name);
                    }
                }
            }
        }
        Deque<String> open = new ArrayDeque<>(used);
        while (!open.isEmpty()) {
            for (PoolEntry constant : ClassFile.of().parse(classes.get(open.pop())).constantPool()) {
                if (constant instanceof Utf8Entry text) {
                    for (String name : names(text.stringValue())) {
                        if (classes.containsKey(name) && used.add(name)) {
                            open.push(name);
                        }
                    }
                }
            }
        }
        return new UsedClasses(used);
    }

    static boolean isThinned(Path jar) {
        return THINNED.matcher(jar.getFileName().toString()).matches();
    }

    /** Whether an entry of a jar that is thinned is to stay. */
    boolean keeps(String entry) {
        return !isClass(entry) || used.contains(className(entry));
    }

    private static Set<String> names(String text) {
        Set<String> names = new HashSet<>();
        // In a descriptor an L stands before a name, and maybe other types of one letter before that.
        for (String word : text.split("[^\\w$/.]+")) {
            String name = word.replace('.', '/');
            names.add(name);
            int start = name.indexOf('L');
            if (start >= 0) {
                names.add(name.substring(start + 1));
            }
        }
        return names;
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class") && !entry.startsWith("META-INF/") && !entry.equals("module-info.class");
    }

    private static String className(String entry) {
        return entry.substring(0, entry.length() - ".class".length());
    }
}
