package io.meshwright.environment.reader;

import io.meshwright.value.BesideFile;
import io.meshwright.value.BesideFolder;
import io.meshwright.value.BesideFolder.RawObject;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes a path what stands in its file or folder, which lies beside the file that names it. */
final class BesideBinding {
    private final Bases bases;
    private final Problems problems;
    private final Scalars scalars;

    BesideBinding(Bases bases, Problems problems) {
        this.bases = bases;
        this.problems = problems;
        this.scalars = new Scalars(problems);
    }

    Optional<BesideFile> file(PlacedNode placed) {
        return asked(placed, bases::find, "names no file").flatMap(this::text);
    }

    Optional<BesideFolder> folder(PlacedNode placed) {
        Optional<List<SourceText>> files = asked(placed, bases::folder, "names no folder");
        if (files.filter(List::isEmpty).isPresent()) {
            refuse(placed, placed.text(), "holds no manifest", "put files that end in .yaml there, or remove it");
            return Optional.empty();
        }
        int before = problems.noted();
        List<RawObject> objects = new ArrayList<>();
        files.orElse(List.of()).forEach(file -> objects.addAll(RawObjects.of(file, problems)));
        return files.filter(all -> problems.noted() == before).map(all -> new BesideFolder(placed.text(), objects));
    }

    private <T> Optional<T> asked(PlacedNode placed, BiFunction<String, String, Optional<T>> find, String missing) {
        Optional<String> path = scalars.text(placed);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<T> found = find.apply(placed.node().getStartMark().getName(), path.get());
            if (found.isEmpty()) {
                refuse(placed, path.get(), missing, "give the path of one from the folder of this file");
            }
            return found;
        } catch (InvalidValue refusal) {
            refuse(placed, path.get(), refusal.problem(), refusal.remedy());
            return Optional.empty();
        }
    }

    private void refuse(PlacedNode placed, String path, String problem, String remedy) {
        problems.add(placed, "%s %s".formatted(Plain.quoted(path), problem), remedy);
    }

    private Optional<BesideFile> text(SourceText source) {
        Problems own = new Problems(source.name());
        Optional<BesideFile> text = StrictText.of(source.content(), own).map(BesideFile::new);
        problems.addAll(own);
        return text;
    }
}
