package ink.neural.spark;

import ink.neural.config.Configuration;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;

/** The model of this process, which all its tasks share. It stays in memory until the process ends. */
final class ExecutorModel {
    private static LoadedModel model;

    private ExecutorModel() {}

    /** The configured model, which the first call loads. */
    static synchronized LoadedModel get(Configuration configuration) {
        if (model == null) {
            model = LoadedModel.load(new ModelFiles(configuration.models(), configuration.model()));
        }
        return model;
    }
}
