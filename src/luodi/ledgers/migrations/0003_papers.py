"""What a paper moved is found by the paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over the papers of steps."""

    dependencies = [("ledgers", "0002_kept")]
    operations = [
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                fields=["document"], name="ledger_step_paper", condition=models.Q(("document", ""), _negated=True)
            ),
        ),
    ]
