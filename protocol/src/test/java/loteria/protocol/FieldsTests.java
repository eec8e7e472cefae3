package loteria.protocol;

import java.util.List;
import loteria.bet.DocumentList;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldsTests {

	@Test
	void keepsEmptyFieldsWhereverTheyAre() {
		assertThat(Fields.split("a;b", ';')).containsExactly("a", "b");
		assertThat(Fields.split("", ';')).containsExactly("");
		assertThat(Fields.split(";", ';')).containsExactly("", "");
		assertThat(Fields.split(";a;;b;", ';')).containsExactly("", "a", "", "b", "");
	}

	@Test
	void toleratesOneSeparatorBehindTheLastElement() {
		assertThat(Fields.elements("a~b", '~')).containsExactly("a", "b");
		assertThat(Fields.elements("a~b~", '~')).containsExactly("a", "b");
		assertThat(Fields.elements("a~b~~", '~')).containsExactly("a", "b", "");
		assertThat(Fields.elements("", '~')).containsExactly("");
	}

	@Test
	void takesOneReturnOffALine() {
		assertThat(Fields.withoutReturn("a\r")).isEqualTo("a");
		assertThat(Fields.withoutReturn("a\r\r")).isEqualTo("a\r");
		assertThat(Fields.withoutReturn("\ra")).isEqualTo("\ra");
		assertThat(Fields.withoutReturn("")).isEmpty();
	}

	@Test
	void listsDocumentsOnlyIfAllAreSome() {
		assertThat(Fields.documents(new String[] { "5", "0030904465" }))
			.isEqualTo(DocumentList.of(List.of("5", "0030904465")));
		assertThat(Fields.documents(new String[] { "5", "" })).isNull();
		assertThat(Fields.documents(new String[] { "x", "5" })).isNull();
	}

	@Test
	void namesTheNameThatADialectCannotCarry() {
		assertThat(Fields.without(Samples.named("Ana", "Sol"), "lines", ";~")).isNull();
		assertThat(Fields.without(Samples.named("A~a", "S;l"), "lines", ";~"))
			.isEqualTo(new InvalidBet(Field.FIRST_NAME, "A~a", "free of ; ~ in dialect lines"));
		assertThat(Fields.without(Samples.named("Ana", ";Sol"), "lines", ";~"))
			.isEqualTo(new InvalidBet(Field.LAST_NAME, ";Sol", "free of ; ~ in dialect lines"));
	}

	@Test
	void measuresTheLongestBetExactly() {
		// agency, two names, document, birthdate, number, six separators
		assertThat(Fields.size(Samples.LONGEST)).isEqualTo(10 + 50 + 50 + 10 + 10 + 4 + 6);
		assertThat(Fields.size(Samples.ANA)).isEqualTo(10 + 3 + 3 + 1 + 10 + 4 + 6);
	}

}
