using System.Net.Mime;
using System.Text.Encodings.Web;
using static Picket.Server.Console.Texts;

namespace Picket.Server.People;

/// <summary>
/// Moves the browser by a page of ours in place of a redirect: whoever comes from another site by redirects alone brings
/// no cookie that is for this site only, the session's among them.
/// </summary>
internal static class PageMove
{
    /// <param name="page">A local address.</param>
    public static Task ToAsync(HttpResponse response, string page)
    {
        response.ContentType = MediaTypeNames.Text.Html + "; charset=utf-8";
        return response.WriteAsync(Html(page));
    }

    public static IResult To(string page) => Results.Content(Html(page), MediaTypeNames.Text.Html);

    private static string Html(string page)
    {
        var address = HtmlEncoder.Default.Encode(page);
        var go = HtmlEncoder.Default.Encode(T("Go on"));
        return $"<!DOCTYPE html><html lang=\"{Language}\"><head><meta charset=\"utf-8\"><title>Picket</title>"
            + $"<meta http-equiv=\"refresh\" content=\"0;url={address}\"></head><body><p><a href=\"{address}\">{go}</a></p></body></html>";
    }
}
