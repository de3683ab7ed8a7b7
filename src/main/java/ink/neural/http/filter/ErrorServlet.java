package ink.neural.http.filter;

import ink.neural.problem.ProblemDetails;
import ink.neural.problem.ProblemException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of the application: answers where the server itself refuses a request, or fails. */
@WebServlet(value = "/error", asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private transient ErrorAnswer answer;

    @Override
    public void init() {
        answer = new ErrorAnswer(getServletContext());
    }

    /** Answers a request of any method. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        response.setHeader("Cache-Control", "no-store"); // the address of this servlet is not that of the request
        answer.send(request, response, details(status));
    }

    /** A status that none of our problems has is described without a type (RFC 9457, section 4.2.1). */
    private static ProblemDetails details(int status) {
        ProblemException problem = Failure.ofStatus(status);
        return problem.problem().status() == status
                ? problem.details()
                : new ProblemDetails(
                        "about:blank", "The server refuses this request.", status, problem.getMessage(), null);
    }
}
