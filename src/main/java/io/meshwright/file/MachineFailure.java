package io.meshwright.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Remedies for a person when the disk or a right on it fails, and not the program. */
public final class MachineFailure {
    private MachineFailure() {}

    /** One line; empty where the program itself is to blame. */
    public static Optional<String> of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String place = causes.stream()
                .filter(FileSystemException.class::isInstance)
                .map(FileSystemException.class::cast)
                .map(MachineFailure::place)
                .findFirst()
                .orElse("disk");
        return causes.stream()
                .map(cause -> full(String.valueOf(cause.getMessage())))
                .flatMap(Optional::stream)
                .findFirst()
                .map(told -> "%s: %s".formatted(place, told))
                .or(() -> causes.stream()
                        .filter(IOException.class::isInstance)
                        .findFirst()
                        .map(MachineFailure::refused));
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    }

    /** As Linux words it, and as Node does. */
    private static Optional<String> full(String message) {
        if (message.contains("No space left on device") || message.contains("ENOSPC")) {
            return Optional.of("no space is left on the disk; make room and run it again");
        } else if (message.contains("Disk quota exceeded") || message.contains("EDQUOT")) {
            return Optional.of("the disk quota is used up; make room and run it again");
        }
        return message.contains("Read-only file system") || message.contains("EROFS")
                ? Optional.of("the file system is read-only; name a folder on another one")
                : Optional.empty();
    }

    private static String refused(Throwable failure) {
        if (!(failure instanceof FileSystemException refusal)) {
            return "%s; a file or connection failed, run it again"
                    .formatted(firstLine(String.valueOf(failure.getMessage())));
        }
        String told = "%s: %s";
        if (refusal instanceof AccessDeniedException) {
            told = "%s: this user may not read or write it; ask for the right, or name another place";
        } else if (refusal instanceof FileAlreadyExistsException || refusal instanceof NotDirectoryException) {
            told = "%s: is a file where a folder is needed; move it away, or name another folder";
        } else if (refusal instanceof NoSuchFileException) {
            told = "%s: is not there any more; run it again";
        }
        String reason = refusal.getReason() == null ? "cannot be read or written" : firstLine(refusal.getReason());
        return told.formatted(place(refusal), "%s; run it again when that is mended".formatted(reason));
    }

    private static String place(FileSystemException refusal) {
        String file = refusal.getOtherFile() == null ? refusal.getFile() : refusal.getOtherFile();
        return file == null ? "disk" : file;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("no message");
    }
}
