package io.meshwright.manifest;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the manifest files under a path, in the order of their names. */
final class Folder {
    private final Consumer<Unreadable> unreadable;
    private final Predicate<Path> admitted;

    /** @param admitted which folders may be entered, by their real paths */
    Folder(Consumer<Unreadable> unreadable, Predicate<Path> admitted) {
        this.unreadable = unreadable;
        this.admitted = admitted;
    }

    /** The path itself when it is a file, whatever its name. */
    List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(path, files));
        } catch (IOException broken) {
            unreadable.accept(unreachable(path.toString()));
        }
        return files.stream().sorted().toList();
    }

    static Unreadable unreachable(String name) {
        return new Unreadable(
                Place.of(name), Unreadable.Flaw.FILE, "file: cannot be opened; check its name and permissions");
    }

    static Unreadable elsewhere(String name) {
        return new Unreadable(
                Place.of(name),
                Unreadable.Flaw.FILE,
                "file: leads out of the folders that may be read, or makes more than may be; put it into them, or name less");
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> files;

        Visitor(Path top, List<Path> files) {
            this.top = top;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            boolean hidden =
                    !folder.equals(top) && folder.getFileName().toString().startsWith(".");
            if (hidden) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (!admitted.test(folder.toRealPath())) {
                unreadable.accept(elsewhere(folder.toString().replace('\\', '/')));
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            boolean meant = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
            if (meant && attributes.isRegularFile()) {
                files.add(file);
            } else if (meant) {
                // Whoever reads a pipe waits for its writer, and a link may lead nowhere.
                unreadable.accept(new Unreadable(
                        Place.of(file.toString().replace('\\', '/')),
                        Unreadable.Flaw.FILE,
                        "file: is a pipe, a device or a link that leads nowhere; put a file in its place"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unreadable.accept(unreachable(file.toString()));
            return FileVisitResult.CONTINUE;
        }
    }
}
