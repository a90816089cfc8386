package io.gpushare;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gpushare.time.Time;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
            .dependOnClassesThat(resideInAPackage("io.gpushare.time.."));

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
    static final ArchRule onlyOnePackageKnowsHttpcore = onlyIn("io.gpushare.load.http..", "org.apache.hc..");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheKubernetesClient =
            onlyIn("io.gpushare.runtime.kubernetes..", "io.fabric8..");

    /** Of these libraries the build keeps what other libraries use, and this of ours (src/bundle/UsedClasses.java). */
    @ArchTest
    static final ArchRule ofLibrariesThatTheBuildThinsOnlyTarIsUsed = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "com.google.common..",
                            "org.apache.hc.client5..",
                            "org.apache.commons.codec..",
                            "org.apache.commons.compress..",
                            "org.apache.commons.io..",
                            "org.apache.commons.lang3..")
                    .and(not(resideInAPackage("org.apache.commons.compress.archivers.tar"))));

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
                            "io.gpushare.gpu..",
                            "io.gpushare.reading..",
                            "io.gpushare.failure..",
                            "io.gpushare.time..")));

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandLine = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.cli..", "io.gpushare"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.gpushare.cli.."));

    /** Clocks, and waiting for them, have one home. */
    @ArchTest
    static final ArchRule onlyOnePackageLooksAtTheClockAndWaits = noClasses()
            .that(resideOutsideOfPackages("io.gpushare.time.."))
            .should()
            .dependOnClassesThat(assignableTo(Clock.class))
            .orShould()
            .accessTargetWhere(
                    target(nameMatching("nanoTime|currentTimeMillis")).and(target(owner(assignableTo(System.class)))))
            .orShould()
            .accessTargetWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
            .orShould()
            .accessTargetWhere(target(nameMatching("sleep|park.*"))
                    .and(target(owner(assignableTo(Thread.class)
                            .or(assignableTo(TimeUnit.class))
                            .or(assignableTo(LockSupport.class))))));

    /**
     * Whatever is simulated or sampled is given its time. The world's is taken by who wires the parts, and by what is
     * of the world by nature: programs, engines, drivers and terminals, and files that outlive a command.
     */
    @ArchTest
    static final ArchRule whoTakesTheTimeOfTheWorld = noClasses()
            .that(resideOutsideOfPackages(
                    "io.gpushare",
                    "io.gpushare.cli..",
                    "io.gpushare.doctor..",
                    "io.gpushare.file..",
                    "io.gpushare.gpu..",
                    "io.gpushare.nvml..",
                    "io.gpushare.mode.nvidia..",
                    "io.gpushare.process..",
                    "io.gpushare.runtime.docker..",
                    "io.gpushare.time.."))
            .and()
            .doNotHaveSimpleName("ModeTransaction")
            .and()
            .doNotHaveSimpleName("SimulatedCard")
            .should()
            .accessTargetWhere(target(name("real")).and(target(owner(assignableTo(Time.class)))));

    private static ArchRule onlyIn(String ours, String library) {
        return noClasses().that(resideOutsideOfPackages(ours)).should().dependOnClassesThat(resideInAPackage(library));
    }
}
