package loteria.central;

import java.time.Instant;
import java.time.LocalDate;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The arrows of the house: central to protocol; inside the central from tcp to lottery to
 * store, and never back.
 */
@AnalyzeClasses(packages = "loteria", importOptions = { DoNotIncludeTests.class, ArchitectureTests.NoTestJars.class })
class ArchitectureTests {

	@ArchTest
	static final ArchRule protocolKnowsNoSpringAndNoProgram = noClasses().that()
		.resideInAnyPackage("loteria.bet..", "loteria.protocol..", "loteria.process..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "loteria.central..", "loteria.agency..");

	@ArchTest
	static final ArchRule betsKnowNoProtocol = noClasses().that()
		.resideInAPackage("loteria.bet..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("loteria.protocol..");

	@ArchTest
	static final ArchRule dialectsKnowNotEachOther = slices().matching("loteria.protocol.(*)..")
		.should()
		.notDependOnEachOther();

	@ArchTest
	static final ArchRule storeKnowsNoSocketsAndNoLottery = noClasses().that()
		.resideInAPackage("loteria.central.store..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.net..", "org.springframework..", "loteria.central.tcp..", "loteria.central.lottery..",
				"loteria.central.ops..");

	@ArchTest
	static final ArchRule lotteryKnowsNoBytesAndNoSockets = noClasses().that()
		.resideInAPackage("loteria.central.lottery..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.net..", "java.nio..", "java.io..", "org.springframework..", "loteria.central.tcp..",
				"loteria.central.ops..", "loteria.central.store.file..", "loteria.central.store.postgres..");

	@ArchTest
	static final ArchRule tcpKnowsNoImplementationOfTheStore = noClasses().that()
		.resideInAPackage("loteria.central.tcp..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("loteria.central.store.file..", "loteria.central.store.postgres..",
				"loteria.central.ops..");

	@ArchTest
	static final ArchRule nobodyAsksTheSystemForTheTime = noClasses().that()
		.doNotHaveFullyQualifiedName("loteria.central.store.disk.StoreDirectory")
		.should()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(LocalDate.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.because("the clock is injected and may jump; only names of files that were set aside bear a time");

	@ArchTest
	static final ArchRule nothingButTheProgramKnowsWhatMovesIn = noClasses().that()
		.resideOutsideOfPackages("loteria.central.moving..", "loteria.central")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.central.moving..")
		.because("it asks what to claim before the framework has read the settings");

	@ArchTest
	static final ArchRule nobodyKnowsTheProgram = noClasses().that()
		.resideInAPackage("loteria.central.*..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.central");

	@ArchTest
	static final ArchRule settingsKnowOnlyTheWordsOfTheLottery = noClasses().that()
		.resideInAPackage("loteria.central.settings..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("loteria.central.tcp..", "loteria.central.http..", "loteria.central.ops..",
				"loteria.central.moving..", "loteria.central.store..");

	@ArchTest
	static final ArchRule noPackagesInACircle = slices().matching("loteria.central.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule partsOfTheStoreAreNotInACircle = slices().matching("loteria.central.store.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule whatAllStoresAreKnowsNoPartOfOne = noClasses().that()
		.resideInAPackage("loteria.central.store")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.central.store.*..");

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should()
		.beAnnotatedWith(NullMarked.class);

	/** What the modules share for their tests. */
	static final class NoTestJars implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("-tests.jar");
		}

	}

}
