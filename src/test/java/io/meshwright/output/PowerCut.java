package io.meshwright.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that dies at one step; a write that it dies in leaves half of the bytes. */
final class PowerCut implements FileOperations {
    private final FileOperations disk = new Disk();
    private int stepsLeft;

    /** Not an exception that any code under test could mean to handle. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    static FileOperations never() {
        return new PowerCut(Integer.MAX_VALUE);
    }

    PowerCut(int stepsBefore) {
        this.stepsLeft = stepsBefore;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step();
        disk.createDirectory(directory);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        if (stepsLeft == 0) {
            disk.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
        step();
        disk.write(file, bytes);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        disk.delete(path);
    }

    @Override
    public void sync(Path path) {
        step(); // what the system has accepted survives a killed process, and the tests run faster
    }

    private void step() {
        if (stepsLeft-- == 0) {
            throw new Killed();
        }
    }
}
