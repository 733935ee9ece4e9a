"""What people and scripts read: values of the model turned into lines of text or JSON documents."""
