package io.meshwright.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The folder of one environment in dist; it hands out only places to which no symbolic link leads. */
final class EnvironmentFolder {
    static final String JOURNAL = ".meshwright-journal";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private final Path shown;
    private final Path directory;

    private EnvironmentFolder(Path shown, Path directory) {
        this.shown = shown;
        this.directory = directory;
    }

    /** @param dist as the user wrote it, for messages; it may itself be a link that the user made */
    static EnvironmentFolder in(Path dist, String environment) throws IOException, RefusedException {
        if (!named(environment)) {
            throw RefusedException.because(
                    "environment: \"%s\" is not a folder's name; use lower-case letters, digits and dashes",
                    environment);
        }
        Path real = Files.exists(dist) ? dist.toRealPath() : dist.toAbsolutePath(); // a dry run makes no folder
        EnvironmentFolder folder = new EnvironmentFolder(dist.resolve(environment), real.resolve(environment));
        folder.directory("");
        return folder;
    }

    static boolean named(String environment) {
        return NAME.matcher(environment).matches();
    }

    Path path() {
        return directory;
    }

    /** Returns the name in messages of a place in this folder. */
    String shown(Object place) {
        return shown.resolve(place.toString()).toString();
    }

    Path file(ManifestPath path) throws RefusedException {
        stack(path);
        return regular(path.toString());
    }

    Path stack(ManifestPath path) throws RefusedException {
        return directory(path.stack());
    }

    Path inventory() throws RefusedException {
        return regular(Inventory.FILE);
    }

    Path journal() throws RefusedException {
        return directory(JOURNAL);
    }

    static boolean stands(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Path directory(String place) throws RefusedException {
        Path path = directory.resolve(place);
        if (stands(path) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw RefusedException.because("%s: is not a directory of its own; move it away", shown(place));
        }
        return path;
    }

    private Path regular(String place) throws RefusedException {
        Path path = directory.resolve(place);
        if (stands(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw RefusedException.because("%s: is not a file of its own; move it away", shown(place));
        }
        return path;
    }
}
