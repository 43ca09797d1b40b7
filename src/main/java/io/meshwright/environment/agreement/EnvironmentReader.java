package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Bases;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.environment.reader.Reading.Refused;
import io.meshwright.environment.reader.RecordReader;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import java.util.List;

/** Reads an environment file: each value by itself first, then all of them together. */
public final class EnvironmentReader {
    private EnvironmentReader() {}

    /** The environment, or everything that is wrong with its values, or else with how they go together. */
    public static Reading<Environment> read(String fileName, byte[] bytes) {
        return read(fileName, bytes, Bases.none());
    }

    /** The same of a file that may extend others. */
    public static Reading<Environment> read(String fileName, byte[] bytes, Bases bases) {
        Reading<Environment> reading = RecordReader.read(fileName, bytes, bases, Environment.class);
        if (reading instanceof Accepted<Environment> accepted) {
            List<InvalidValue> refusals = Agreements.refusals(accepted.value());
            if (!refusals.isEmpty()) {
                return new Refused<>(accepted.places().of(new InvalidValues(refusals)));
            }
        }
        return reading;
    }
}
