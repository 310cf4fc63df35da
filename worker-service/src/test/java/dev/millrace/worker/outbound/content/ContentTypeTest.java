package dev.millrace.worker.outbound.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/html                               | text/html        |            |",
                "Text/HTML; Charset=UTF-8                | text/html        | UTF-8      | UTF-8",
                "text/html;charset=\"iso-8859-1\"        | text/html        | iso-8859-1 | ISO-8859-1",
                "text/html; charset='utf-8'              | text/html        | utf-8      | UTF-8",
                "text/html ; charset = utf-8 ; x=y       | text/html        | utf-8      | UTF-8",
                "text/html; charset=utf-8; charset=ascii | text/html        | utf-8      | UTF-8",
                "text/html; x=y;charset=utf8;            | text/html        | utf8       | UTF-8",
                "text/html; charset=martian              | text/html        | martian    |",
                "text/html; charset=                     | text/html        |            |",
                "text/html; nocharset=utf-8              | text/html        |            |",
                "application/ld+json                     | application/ld+json |         |",
                "``                                      | ``               |            |"
            })
    void readsTypeAndCharset(String field, String type, String name, String charset) {
        ContentType read = ContentType.of(field);

        assertThat(read.type()).isEqualTo(type);
        assertThat(read.charsetName().orElse(null)).isEqualTo(name);
        assertThat(read.charset().map(Object::toString).orElse(null)).isEqualTo(charset);
    }
}
