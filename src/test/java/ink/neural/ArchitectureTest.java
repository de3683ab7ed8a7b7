package ink.neural;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies between packages point down only. */
class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("ink.neural");

    @Test
    void eachLayerUsesOnlyTheLayersBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("ink.neural..")
                .layer("http")
                .definedBy("ink.neural.http..")
                .layer("bulk")
                .definedBy("ink.neural.bulk..")
                .optionalLayer("spark")
                .definedBy("ink.neural.spark..")
                .layer("api")
                .definedBy("ink.neural.api..")
                .layer("prediction")
                .definedBy("ink.neural.prediction..")
                .layer("problem")
                .definedBy("ink.neural.problem..")
                .layer("recognition")
                .definedBy("ink.neural.recognition..")
                .layer("glyph")
                .definedBy("ink.neural.glyph..")
                .layer("text")
                .definedBy("ink.neural.text..")
                .layer("decoding")
                .definedBy("ink.neural.decoding..")
                .layer("ink")
                .definedBy("ink.neural.ink..")
                .layer("drawing")
                .definedBy("ink.neural.drawing..")
                .layer("config")
                .definedBy("ink.neural.config..")
                .layer("metrics")
                .definedBy("ink.neural.metrics..")
                .layer("grizzly")
                .definedBy("ink.neural.grizzly..")
                .layer("workaround")
                .definedBy("ink.neural.workaround..")
                .whereLayer("http")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("bulk")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("spark")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark")
                .whereLayer("prediction")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction")
                .whereLayer("problem")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction")
                .whereLayer("recognition")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction", "problem", "text")
                .whereLayer("text")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction", "problem")
                .whereLayer("decoding")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction", "problem", "text")
                .whereLayer("glyph")
                .mayOnlyBeAccessedByLayers(
                        "http", "bulk", "spark", "api", "prediction", "problem", "text", "recognition")
                .whereLayer("ink")
                .mayOnlyBeAccessedByLayers(
                        "http", "bulk", "api", "prediction", "problem", "text", "recognition", "glyph")
                .whereLayer("drawing")
                .mayOnlyBeAccessedByLayers("http", "bulk", "spark", "api", "prediction", "problem", "ink")
                .whereLayer("decoding")
                .mayNotAccessAnyLayer()
                .whereLayer("workaround")
                .mayNotAccessAnyLayer()
                .whereLayer("grizzly")
                .mayNotAccessAnyLayer()
                .whereLayer("grizzly")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitectureIgnoring("ink.neural")
                .check(PROGRAM);
    }

    @Test
    void otherProgramsCanUseRecognitionWithoutAServer() {
        noClasses()
                .that(resideInAnyPackage(
                        "ink.neural.drawing..",
                        "ink.neural.ink..",
                        "ink.neural.glyph..",
                        "ink.neural.recognition..",
                        "ink.neural.text..",
                        "ink.neural.decoding.."))
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta..").and(resideOutsideOfPackage("jakarta.json..")))
                .orShould()
                .dependOnClassesThat(resideInAPackage("jakarta.json.bind.."))
                .check(PROGRAM);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("ink.neural.(**)").should().beFreeOfCycles().check(PROGRAM);
    }
}
