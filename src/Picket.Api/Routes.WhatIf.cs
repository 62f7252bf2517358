namespace Picket.Api;

// Trials of changes that are not made.
public static partial class Routes
{
    /// <summary>
    /// POST <see cref="WhatIfWish"/>, for whom may operate everywhere: judges the devices that the caller sees as if the change were made, and answers 201 with
    /// <see cref="WhatIfView"/>. One trial runs at a time; others wait. 422 with <see cref="Problem.PolicyMistakes"/> when the
    /// document cannot be read, or the feed's version cannot.
    /// </summary>
    public const string WhatIfs = Prefix + "/what-if";

    /// <summary>GET: <see cref="WhatIfView"/> again, within the hour; 404 later, and for other callers.</summary>
    public const string WhatIf = WhatIfs + "/{id}";

    /// <summary>GET <see cref="WhatIfFilter"/>: page of <see cref="WhatIfDevice"/>, those on which the change tells.</summary>
    public const string WhatIfDevices = WhatIf + "/devices";
}
