namespace Idp.Simulators.Web;

/// <summary>A kind of company, as its demand for GPU compute goes.</summary>
/// <param name="Tier">Its tier.</param>
/// <param name="LeastScore">Companies of this kind score at least this.</param>
/// <param name="MostScore">And at most this.</param>
/// <param name="Classification">What it is called.</param>
/// <param name="Facts">What pages say of such a company; <c>{company}</c>, <c>{many}</c>, <c>{some}</c> and <c>{year}</c> are filled in.</param>
internal sealed record CompanyKind(string Tier, int LeastScore, int MostScore, string Classification, IReadOnlyList<WebFact> Facts);

/// <summary>The kinds of invented companies.</summary>
internal static class CompanyKinds
{
    /// <summary>Each as likely as the others.</summary>
    public static readonly IReadOnlyList<CompanyKind> All =
    [
        new("HOT", 84, 99, "Frontier pre-training",
        [
            new("Trains foundation models from scratch", "{company} pre-trains its own foundation models from scratch on a cluster of {many} GPUs."),
            new("The next training run is larger", "The next foundation model of {company} will be trained on {some} trillion tokens, three times as many as the last one."),
            new("Raised money for compute", "{company} raised {some}0 million dollars, most of it for GPU capacity to train larger models."),
            new("Hires for distributed training", "{company} is hiring engineers for distributed training with experience on more than {many} GPUs."),
            new("Reserved compute for years", "{company} has reserved GPU capacity with two cloud providers until {year}."),
        ]),
        new("HOT", 80, 95, "Massive inference",
        [
            new("Serves models at great volume", "{company} serves {some} million requests a day with language models on its own GPUs."),
            new("Inference is the largest cost", "Inference is the largest item on our bill, writes the chief engineer of {company}: {many} GPUs run around the clock."),
            new("Doubles its capacity", "{company} plans to double its inference capacity before the end of {year}."),
            new("Hires for inference", "{company} is looking for engineers who make GPU inference faster with their own kernels and quantised weights."),
            new("Short of GPUs", "Twice this spring {company} had to turn customers away because there were not enough GPUs to serve them."),
        ]),
        new("HOT", 76, 90, "Post-training at scale",
        [
            new("Fine-tunes open models at scale", "{company} fine-tunes open models for every customer, some {many} training runs a month."),
            new("Reinforcement learning", "{company} runs reinforcement learning from human feedback on a reserved cluster of {some} GPU nodes."),
            new("Growing training budget", "The training budget of {company} grew fourfold, and GPU compute is most of it."),
            new("Hires for post-training", "{company} is building a team for post-training and evaluation of language models."),
            new("Evaluation needs compute", "Before each release {company} evaluates {some} candidate models on GPUs of its own."),
        ]),
        new("WATCH", 46, 64, "Specialized training",
        [
            new("Trains small models of its own", "{company} trains small vision models of its own on {some} rented GPUs."),
            new("Occasional training", "A training run at {company} takes a weekend and happens once a quarter."),
            new("Thinks about more compute", "{company} is comparing GPU clouds and has not decided on one."),
            new("A small machine learning team", "The machine learning team of {company} has {some} people."),
            new("Pilot with partners", "{company} runs a pilot with a partner that trains models on its measurements."),
        ]),
        new("WATCH", 42, 60, "AI infrastructure platform",
        [
            new("Platform for others' models", "{company} sells a platform on which customers deploy their own machine learning models."),
            new("Customers bring the compute", "Most customers of {company} bring GPU capacity of their own."),
            new("Some hosted GPUs", "{company} keeps {some} GPUs for trials and demonstrations."),
            new("Considers hosting", "{company} is considering a hosted offer with GPU instances for {year}."),
            new("Open source tooling", "{company} maintains open source tools that schedule training jobs."),
        ]),
        new("COLD", 14, 32, "API wrapper",
        [
            new("Calls models of others", "{company} calls hosted models of other vendors through their API and runs none itself."),
            new("No machine learning staff", "There are no machine learning engineers at {company}; the product team writes prompts."),
            new("No GPUs", "{company} owns no GPUs and rents none."),
            new("Small bill for models", "The monthly bill of {company} for model APIs is below {some} thousand dollars."),
            new("Denies training", "We do not train models and have no plans to, says the founder of {company}."),
        ]),
        new("COLD", 2, 15, "No AI workload",
        [
            new("Ordinary software", "{company} runs its shop on two ordinary servers and a database."),
            new("No AI in the product", "There is no artificial intelligence in the products of {company}, and customers like it that way."),
            new("Works by hand", "Quality control at {company} is done by hand by {some} inspectors."),
            new("Spends on warehouses", "{company} will spend the money on warehouses and lorries until {year}."),
            new("No data team", "{company} has no data team and does not plan one."),
        ]),
    ];
}
