"""`materiel schema`: the JSON Schema of what goes in or what comes out."""

import click

from materiel.model.schema import article_schema, reading_schema, to_json


@click.command()
@click.option("--article", "kind", flag_value="article", help="Of an article, as `materiel read` takes it.")
@click.option("--reading", "kind", flag_value="reading", default=True, help="Of a line of its output (default).")
def schema(kind: str) -> None:
    """Print the JSON Schema of an article or of a reading.

    Example: materiel schema --article > article.schema.json
    """
    click.echo(to_json(article_schema() if kind == "article" else reading_schema()), nl=False)
