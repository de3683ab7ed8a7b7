package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {
    private static final String FILE =
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n\r\nINK\r\n";
    private static final String TOP = "--b\r\nContent-Disposition: form-data; name=\"top\"\r\n\r\n5\r\n";
    private static final String END = "--b--\r\n";

    private static MultipartForm form(String body) {
        return new MultipartForm("multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(String body) {
        return new String(form(body).file(), StandardCharsets.UTF_8);
    }

    private static Problem problem(String body) {
        return assertThrows(ProblemException.class, () -> form(body).file()).problem();
    }

    @Test
    void fileAndFieldsAreRead() {
        for (String body : new String[] {FILE + TOP + END, TOP + FILE + END}) {
            assertEquals("INK", file(body));
            assertEquals("5", form(body).text("top"));
            assertNull(form(body).text("charset"));
            assertNull(form(body).text("f"));
        }
    }

    @Test
    void formOfABrowserIsRead() {
        String firefox = "-----------------------------9051914041544843365972754266\r\n"
                + "Content-Disposition: form-data; name=\"charset\"\r\n\r\näö\r\n"
                + "-----------------------------9051914041544843365972754266\r\n"
                + "Content-Disposition: form-data; name=\"file1\"; filename=\"a; name=\\\"top\\\".txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n--\r\nContent\r\n\r\n\r\n"
                + "-----------------------------9051914041544843365972754266\r\n"
                + "Content-Disposition: form-data; name=\"file2\"; filename=\"\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n\r\n"
                + "-----------------------------9051914041544843365972754266--\r\n";
        MultipartForm form = new MultipartForm(
                "multipart/form-data; boundary=---------------------------9051914041544843365972754266",
                firefox.getBytes(StandardCharsets.UTF_8));
        assertEquals("--\r\nContent\r\n\r\n", new String(form.file(), StandardCharsets.UTF_8));
        assertEquals("äö", form.text("charset"));
        assertNull(form.text("top"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=f; filename=a.png",
                "content-disposition:form-data;filename=a.png;name=f",
                "Content-Type: image/png\r\nCONTENT-DISPOSITION: Form-Data; name=\"f\"; filename*=UTF-8''%C3%A4",
                "X: y\r\nContent-Disposition: form-data; name=\"f\"; FileName=\"\"\r\nContent-Transfer-Encoding: binary"
            })
    void headersOfAFileMayBeWrittenInAnyWay(String headers) {
        assertEquals("INK", file("--b\r\n" + headers + "\r\n\r\nINK\r\n" + END));
    }

    @Test
    void textAroundThePartsIsIgnored() {
        assertEquals("INK", file("preamble\r\n" + FILE + END + "epilogue\r\n" + FILE));
        assertEquals("INK", file(FILE + "--b--"));
        assertEquals("INK", file(FILE.replaceFirst("--b\r\n", "--b \t\r\n") + END));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=\"b\"",
                "multipart/form-data;charset=utf-8;BOUNDARY=b",
                "Multipart/Form-Data ; boundary=b; x=y"
            })
    void boundaryMayBeWrittenInAnyWay(String contentType) {
        assertEquals(
                "INK",
                new String(new MultipartForm(contentType, (FILE + END).getBytes(StandardCharsets.UTF_8)).file()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\""})
    void formWithoutABoundaryIsRefused(String contentType) {
        assertEquals(
                Problem.BAD_REQUEST,
                assertThrows(ProblemException.class, () -> new MultipartForm(contentType, FILE.getBytes()))
                        .problem());
    }

    @Test
    void formWithoutAFileIsRefused() {
        assertEquals(Problem.NO_IMAGE, problem(END));
        assertEquals(Problem.NO_IMAGE, problem(TOP + END));
        assertEquals(Problem.NO_IMAGE, problem(FILE.replace("INK", "") + END));
        assertEquals(Problem.NO_IMAGE, problem(FILE.replace("form-data", "attachment") + END));
    }

    @Test
    void formWithSeveralFilesIsRefused() {
        assertEquals(Problem.BAD_REQUEST, problem(FILE + FILE + END));
        assertEquals("INK", file(FILE + FILE.replace("INK", "") + END));
    }

    @Test
    void brokenFormIsRefused() {
        String whole = TOP + FILE + "--b--";
        for (int length = 0; length < whole.length(); length++) {
            assertEquals(Problem.BAD_REQUEST, problem(whole.substring(0, length)));
        }
        assertEquals(Problem.BAD_REQUEST, problem("--b\r\n\r\n--b--"));
        assertEquals(Problem.BAD_REQUEST, problem("--b\r\nX: " + "y".repeat(3000) + "\r\n\r\nINK\r\n" + END));
    }

    @Test
    void formHasAtMost100Parts() {
        assertEquals("INK", file(TOP.repeat(99) + FILE + END));
        assertEquals(Problem.BAD_REQUEST, problem(TOP.repeat(100) + FILE + END));
    }

    @Test
    void damagedFormIsReadOrRefused() {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(TOP + FILE + TOP + END);
            for (int changes = random.nextInt(5); changes >= 0; changes--) {
                int from = random.nextInt(damaged.length());
                damaged.replace(
                        from,
                        Math.min(damaged.length(), from + random.nextInt(4)),
                        "-\r\n\"b;=".substring(random.nextInt(7)));
            }
            try {
                MultipartForm form = form(damaged.toString());
                form.text("top");
                form.file();
                read++;
            } catch (ProblemException refused) {
                assertTrue(refused.problem().status() == 400, () -> damaged.toString());
            }
        }
        assertTrue(read > 100, read + " forms were read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n--", "\r\n--b", "\r\n--b\r\n", "\r\n--b\r\n\r\n", "\r", "\\", "\r\n--b\r\n\"\\"})
    void longFormIsReadOrRefusedSoon(String piece) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"" + piece.repeat((12 << 20) / piece.length());
        assertTimeout(Duration.ofSeconds(5), () -> assertEquals(Problem.BAD_REQUEST, problem(body)));
    }
}
