"""The client that openapi-generator makes works with the server whose address is the first argument."""

import base64
import pathlib
import sys
import unittest

import neural_ink

SERVER = sys.argv.pop(1)
DRAWINGS = pathlib.Path(__file__).parents[2] / "resources/golden"


def data_url(drawing):
    png = (DRAWINGS / f"{drawing}.png").read_bytes()
    return "data:image/png;base64," + base64.b64encode(png).decode()


class ClientTest(unittest.TestCase):
    def setUp(self):
        client = neural_ink.ApiClient(neural_ink.Configuration(host=SERVER))
        self.recognise = neural_ink.RecogniseApi(client)
        self.about = neural_ink.AboutApi(client)

    def test_drawing_is_predicted(self):
        request = neural_ink.PredictRequest(image=data_url("upper-r"), top=2, charset="letters", legibility=True)
        answer = self.recognise.predict(request)
        self.assertEqual(2, len(answer.predictions))
        self.assertEqual("R", answer.predictions[0].label)
        self.assertGreater(answer.predictions[0].confidence, 0.9)
        self.assertGreater(answer.legibility, 0.5)
        self.assertIsNone(answer.glyph)

    def test_each_image_of_a_batch_has_a_result(self):
        request = neural_ink.BatchRequest(images=[data_url("digit-3"), "data:image/png;base64,AAAA"])
        answer, problem = self.recognise.predict_batch(request).results
        self.assertEqual("3", answer.predictions[0].label)
        self.assertEqual("urn:neural-ink:problem:not-an-image", problem.type)

    def test_problem_is_in_the_exception(self):
        request = neural_ink.PredictRequest(image=data_url("upper-r"), charset="?")
        with self.assertRaises(neural_ink.ApiException) as raised:
            self.recognise.predict(request)
        self.assertEqual(400, raised.exception.status)
        self.assertEqual("urn:neural-ink:problem:bad-option", raised.exception.data.type)
        self.assertIn("?", raised.exception.data.detail)

    def test_model_and_health_are_described(self):
        self.assertEqual(62, len(self.about.model().classes))
        self.assertEqual("up", self.about.ready().status)
        self.assertIn("neural_ink_model_info", self.about.metrics())


unittest.main()
