package io.meshwright.environment.reader;

import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.environment.reader.Reading.Refused;
import java.util.Optional;

/** Reads one YAML file into a record. */
public final class RecordReader {
    private RecordReader() {}

    /**
     * The record, or every problem of the file at once. Throws only for a record that cannot be bound at all, which is
     * a fault of the program; {@code fileName} is repeated in front of each problem.
     */
    public static <T> Reading<T> read(String fileName, byte[] bytes, Class<T> recordType) {
        return read(fileName, bytes, Bases.none(), recordType);
    }

    /** The same of a file that may extend others. */
    public static <T> Reading<T> read(String fileName, byte[] bytes, Bases bases, Class<T> recordType) {
        Problems problems = new Problems(fileName);
        Optional<PlacedNode> root =
                new Layers(bases, problems).of(fileName, bytes).map(PlacedNode::root);
        Optional<T> value = root.flatMap(placed -> new Binder(bases, problems, recordType).bind(recordType, placed))
                .map(recordType::cast);
        if (value.isPresent() && problems.none()) {
            return new Accepted<>(value.get(), new Places(fileName, root.orElseThrow()));
        }
        return new Refused<>(problems.sorted());
    }
}
