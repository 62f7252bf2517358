namespace Picket.Server.Tests.Simulation;

/// <summary>What goes wrong with one call.</summary>
internal enum Trouble
{
    None,
    LostAnswer,
    Reset,
    NoAnswer,
    NoAnswerToWhatWasDone,
    Slow,
    BrokenOver,
    Maintenance,
    TooManyRequests,
    HtmlPage,
    HalfABody,
    Nothing,
    SomeRefused,
    TagServiceRests,
    RightMissing,
    WrongTotal,
    RowTwice,
    RowLeftOut,

    /// <summary>Pages after the first begin one row later.</summary>
    RowsMoved,

    /// <summary>Between two pages somebody deletes a tag and makes another.</summary>
    Churn,

    /// <summary>The answer is lost, and what was asked for is done hours later.</summary>
    Late,
}
