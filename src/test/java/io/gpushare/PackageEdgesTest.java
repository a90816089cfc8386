package io.gpushare;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** Edges between packages point one way, and each outside library has one door. */
@AnalyzeClasses(packages = "io.gpushare", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageEdgesTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.gpushare.(*)..").should().beFreeOfCycles();

    /** At every level: a package and those inside it count as packages of their own. */
    @ArchTest
    static final ArchRule packagesOfAnyLevelFormNoCycle =
            slices().matching("io.gpushare.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatIsComputedKnowsNoMachine = noClasses()
            .that(resideInAnyPackage(
                    "io.gpushare.analysis..", "io.gpushare.study..", "io.gpushare.report..", "io.gpushare.compare.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.gpushare.nvml..",
                    "io.gpushare.runtime..",
                    "io.gpushare.process..",
                    "io.gpushare.run..",
                    "io.gpushare.sim.."))
            .orShould()
            .dependOnClassesThat(assignableTo(Clock.class))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule onlyNvmlKnowsJna = onlyIn("io.gpushare.nvml..", "com.sun.jna..");

    @ArchTest
    static final ArchRule onlyThreePackagesCallTheKernel = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.process..", "io.gpushare.file..", "io.gpushare.cli.terminal.."))
            .should()
            .dependOnClassesThat(resideInAPackage("java.lang.foreign.."));

    @ArchTest
    static final ArchRule onlyOnePackageKnowsDockerJava =
            onlyIn("io.gpushare.runtime.docker..", "com.github.dockerjava..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.cli..", "io.gpushare"))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule onlyProcessStartsPrograms = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.process.."))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule gpusKnowNothingOfTheRest = noClasses()
            .that(resideInAPackage("io.gpushare.gpu.."))
            .should()
            .dependOnClassesThat(resideInAPackage("io.gpushare..")
                    .and(resideOutsideOfPackages(
                            "io.gpushare.gpu..", "io.gpushare.reading..", "io.gpushare.failure..")));

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandLine = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.cli..", "io.gpushare"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.gpushare.cli.."));

    @ArchTest
    static final ArchRule samplingReadsInjectedClocks = noClasses()
            .that(resideInAPackage("io.gpushare.sampling.."))
            .and()
            .doNotHaveSimpleName("Surroundings")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    private static ArchRule onlyIn(String ours, String library) {
        return noClasses().that(resideOutsideOfPackages(ours)).should().dependOnClassesThat(resideInAPackage(library));
    }
}
