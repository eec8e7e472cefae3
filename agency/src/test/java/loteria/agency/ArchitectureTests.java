package loteria.agency;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "loteria", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule theAgencyKnowsTheProtocolAndNothingOfTheCentral = noClasses().that()
		.resideInAPackage("loteria.agency..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.central..");

	@ArchTest
	static final ArchRule theProtocolKnowsNothingOfTheAgency = noClasses().that()
		.resideInAnyPackage("loteria.bet..", "loteria.protocol..", "loteria.process..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.agency..");

	@ArchTest
	static final ArchRule noDialectIsKnownByName = noClasses().that()
		.resideInAPackage("loteria.agency..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.protocol.(*)..");

	@ArchTest
	static final ArchRule springStaysAtTheEdge = noClasses().that()
		.resideOutsideOfPackages("loteria.agency", "loteria.agency.settings")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule onlyTheProgramKnowsOfThoseWhoMoveIn = noClasses().that()
		.resideOutsideOfPackages("loteria.agency", "loteria.agency.moving")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("loteria.agency.moving");

	@ArchTest
	static final ArchRule arrowsPointOneWay = layeredArchitecture()
		.consideringOnlyDependenciesInAnyPackage("loteria.agency..")
		.layer("program")
		.definedBy("loteria.agency")
		.layer("jobs")
		.definedBy("loteria.agency.jobs")
		.layer("sending")
		.definedBy("loteria.agency.sending")
		.layer("parts")
		.definedBy("loteria.agency.file", "loteria.agency.tcp", "loteria.agency.terminal", "loteria.agency.settings",
				"loteria.agency.moving", "loteria.agency.ending")
		.whereLayer("program")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("jobs")
		.mayOnlyBeAccessedByLayers("program")
		.whereLayer("sending")
		.mayOnlyBeAccessedByLayers("jobs");

	@ArchTest
	static final ArchRule noPackagesGoInCircles = slices().matching("loteria.agency.(*)..").should().beFreeOfCycles();

}
