package io.meshwright.receipt;

import io.meshwright.value.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything beside the environment file that decides what is rendered: the program and every class beside it, the JVM,
 * Node, and the variables that cdk8s, jsii and Node read.
 *
 * <p>Programs are told apart as git tells files apart: by size, inode and the times of the last change to their bytes
 * and to their entry, of which nobody can set the last.
 */
public final class Inputs {
    // Of ours all but how the program was started, which only messages tell.
    private static final Pattern VARIABLES = Pattern.compile("(CDK8S|JSII|NODE)_.*|MESHWRIGHT_(?!PROGRAM$).*");
    private static final List<String> PROPERTIES = List.of(
            "java.vm.vendor",
            "java.runtime.version",
            "java.home",
            "os.name",
            "os.arch",
            "file.encoding",
            "user.language",
            "user.country",
            "user.variant");
    // The launcher names programs in JSII_RUNTIME so.
    private static final Pattern QUOTED = Pattern.compile("'(/[^']+)'");
    private static final String ATTRIBUTES = "unix:size,ino,dev,lastModifiedTime,ctime";
    // A file that changed while a clock's tick lasted may have changed again in the same tick.
    private static final long TICK_SECONDS = 2;

    private final String program;
    private final boolean settled;

    private Inputs(String program, boolean settled) {
        this.program = program;
        this.settled = settled;
    }

    /** Those of this process; empty where files do not tell when they last changed. */
    public static Optional<Inputs> of(Map<String, String> variables) {
        return of(variables, List.of());
    }

    /**
     * The same with classes that the process loads besides.
     *
     * @param extensions files with them, of which every byte counts
     */
    public static Optional<Inputs> of(Map<String, String> variables, List<Path> extensions) {
        return of(variables, System.getProperty("java.class.path"), FileTime.fromMillis(System.currentTimeMillis()))
                .flatMap(inputs -> inputs.and(extensions));
    }

    private Optional<Inputs> and(List<Path> files) {
        if (files.isEmpty()) {
            return Optional.of(this);
        }
        Sha256 digest = new Sha256().add(program);
        try {
            for (Path file : files) {
                digest.add(file.toString()).add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            return Optional.empty(); // a jar that is built just now
        }
        return Optional.of(new Inputs(digest.hex(), settled));
    }

    static Optional<Inputs> of(Map<String, String> variables, String classPath, FileTime now) {
        Sha256 digest = new Sha256();
        FileTime newest = FileTime.fromMillis(0);
        try {
            for (Path file : programs(classPath, variables)) {
                Map<String, Object> known = Files.readAttributes(file, ATTRIBUTES);
                digest.add(file.toString()).add(new TreeMap<>(known).toString());
                if (!(known.get("ctime") instanceof FileTime changed)) {
                    return Optional.empty();
                }
                newest = newest.compareTo(changed) < 0 ? changed : newest;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty(); // a disk without these times, or a class path that changes while it is read
        }
        PROPERTIES.forEach(name -> digest.add("%s=%s".formatted(name, System.getProperty(name))));
        new TreeMap<>(variables).forEach((name, value) -> {
            if (VARIABLES.matcher(name).matches()) {
                digest.add("%s=%s".formatted(name, value));
            }
        });
        long age = now.toInstant().getEpochSecond() - newest.toInstant().getEpochSecond();
        return Optional.of(new Inputs(digest.hex(), age >= TICK_SECONDS));
    }

    /** Digest of these alone. */
    public String program() {
        return program;
    }

    /** Digest of these and of one environment file, by its name as messages call it and its content. */
    public String with(Path file, byte[] content) {
        return new Sha256().add(program).add(file.toString()).add(content).hex();
    }

    /** True if the program is older than the clock's tick, so that a later change of it is sure to be seen. */
    public boolean settled() {
        return settled;
    }

    private static List<Path> programs(String classPath, Map<String, String> variables) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
            try (Stream<Path> all = Files.walk(Path.of(entry))) {
                all.sorted().forEach(files::add);
            } catch (NoSuchFileException e) {
                // an entry that is not there adds no class
            }
        }
        node(variables).ifPresent(files::add);
        Matcher quoted = QUOTED.matcher(variables.getOrDefault("JSII_RUNTIME", ""));
        while (quoted.find()) {
            files.add(Path.of(quoted.group(1)));
        }
        return files;
    }

    private static Optional<Path> node(Map<String, String> variables) throws IOException {
        String chosen = variables.getOrDefault("JSII_NODE", "node");
        for (String folder : variables.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator))) {
            Path program = Path.of(folder).resolve(chosen);
            if (Files.isExecutable(program)) {
                return Optional.of(program.toRealPath());
            }
        }
        return Optional.empty();
    }
}
